namespace LlmCostModel.Planning;

/// <summary>Reads the uncertain numbers of a plan.</summary>
internal static class UncertainReader
{
    /// <summary>Reads an uncertain number: a number, or how it is distributed.</summary>
    internal static Uncertain? Read(PlanReader reader, ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (node.Value is not null)
        {
            return reader.Statistic(node) is { } exact ? Uncertain.Exactly(exact) : null;
        }

        if (node["observations"] is { } observations)
        {
            reader.Values.ReportUnknownKeys(node, ["observations"]);
            double[] values = Values(observations);
            return reader.Set<Uncertain?>(node, null, () => Uncertain.FromObservations(values));
        }

        if (node["totals"] is { } totals)
        {
            reader.Values.ReportUnknownKeys(node, ["totals", "requests"]);
            double[] tops = Values(totals), requests = node["requests"] is { } list ? Values(list) : [];
            return reader.Set<Uncertain?>(node, null, () => Uncertain.FromRatio(tops, requests));
        }

        ReadOnlySpan<string> known = ["p5", "p95", "median", "mean", "variation", "low", "high"];
        reader.Values.ReportUnknownKeys(node, known);
        double? p5 = reader.Statistic(node["p5"]),
            p95 = reader.Statistic(node["p95"]),
            median = reader.Statistic(node["median"]),
            mean = reader.Statistic(node["mean"]);
        double? variation = reader.Statistic(node["variation"]),
            low = reader.Statistic(node["low"]),
            high = reader.Statistic(node["high"]);
        Func<Uncertain>? make = (p5, p95, median, mean, variation, low, high) switch
        {
            ({ } a, { } b, null, null, null, null, null) => () => Uncertain.Between(a, b),
            (null, { } b, { } a, null, null, null, null) => () => Uncertain.FromMedian(a, b),
            (null, null, null, { } a, { } b, null, null) => () => Uncertain.FromMean(a, b),
            (null, null, null, null, null, { } a, { } b) => () => Uncertain.Uniform(a, b),
            _ => null,
        };
        if (make is null)
        {
            reader.Fault(node, "says no distribution.", "Write a number, or one of the pairs p5 and p95, median and p95, mean and "
                + "variation, low and high, or a list of observations, or the totals and requests of sessions.");
            return null;
        }

        if (p5 <= 0 || median <= 0)
        {
            reader.Fault(
                node[p5 is null ? "median" : "p5"]!, "is not more than 0, as every percentile of a lognormal number is.",
                "Write \"low\" and \"high\" for a range that reaches 0 or below.");
            return null;
        }

        return reader.Set<Uncertain?>(node, null, make);

        double[] Values(ConfigNode list) => [.. list.Children.Select(reader.Statistic).OfType<double>()];
    }
}
