namespace LlmCostModel.Planning;

/// <summary>Reads a <c>forecast</c> beside <c>traffic</c>: how long and how it grows; the rest comes from the traffic.</summary>
internal static class TrafficForecastReader
{
    private static readonly string[] Known =
    [
        "candidate", "start", "months", "correlation", "budget", "samples", "seed", "retryRate", "growth", "growthNoise", "noise", "bursts",
    ];

    /// <summary>Whether a forecast says neither what it is for nor how much: then that is the traffic.</summary>
    internal static bool IsOfTraffic(ConfigNode node) => node["model"] is null && node["lines"] is null;

    internal static TrafficForecast? Read(PlanReader reader, ConfigNode node, ConfigNode traffic,
        IReadOnlyCollection<TrafficCandidate> candidates)
    {
        reader.Values.ReportUnknownKeys(node, Known);
        ForecastLine line = ForecastLineReader.Read(reader, node, isAlone: false, isOfTraffic: true);
        ForecastPlan plan = ForecastReader.ReadPlan(reader, node, [line], node["start"] ?? traffic["start"]);
        if (candidates.Count == 0)
        {
            reader.Missing(node, "candidate", "Give the file candidates: the first one is forecast, or the one named here.");
            return null;
        }

        string? label = reader.Values.ReadText(node["candidate"]);
        TrafficCandidate? candidate = label is null ? candidates.First()
            : candidates.FirstOrDefault(one => one.Name.Equals(label, StringComparison.OrdinalIgnoreCase));
        if (candidate is null)
        {
            string names = string.Join(", ", candidates.Select(one => one.Name));
            reader.Fault(node["candidate"]!, "is not a candidate of this file.", $"Its candidates: {names}.");
            return null;
        }

        return new() { Candidate = candidate, Plan = plan };
    }
}
