namespace LlmCostModel.Planning;

/// <summary>Reads numbers that differ from one conversation to the next.</summary>
internal static class VaryingReader
{
    private static readonly string[] Known = ["p5", "p95", "median", "mean", "variation", "low", "high"];

    /// <summary>Reads a count of tokens, turns or calls: a number, or how it is distributed.</summary>
    internal static Varying? ReadCount(PlanReader reader, ConfigNode? node) => Read(reader, node, reader.Statistic, "a number");

    /// <summary>Reads a time in seconds: a duration, or how it is distributed.</summary>
    internal static Varying? ReadSeconds(PlanReader reader, ConfigNode? node) =>
        Read(reader, node, value => reader.Duration(value)?.TotalSeconds, "a duration such as 90s");

    private static Varying? Read(PlanReader reader, ConfigNode? node, Func<ConfigNode?, double?> number, string example)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (node.Value is not null)
        {
            return number(node) is { } exact ? reader.Set<Varying?>(node, null, () => Varying.Exactly(exact)) : null;
        }

        if (node["observations"] is { } observations)
        {
            reader.Values.ReportUnknownKeys(node, ["observations"]);
            double[] values = [.. reader.Values.ReadParts(observations, "a list of numbers").Select(number).OfType<double>()];
            return reader.Set<Varying?>(node, null, () => Varying.OneOf(values));
        }

        reader.Values.ReportUnknownKeys(node, Known);
        double? variation = reader.Statistic(node["variation"]);
        (double?, double?, double?, double?, double?, double?) given =
            (number(node["p5"]), number(node["p95"]), number(node["median"]), number(node["mean"]), number(node["low"]),
                number(node["high"]));
        Func<Varying>? make = given switch
        {
            ({ } p5, { } p95, null, null, null, null) when variation is null => () => Varying.Between(p5, p95),
            (null, { } p95, { } median, null, null, null) when variation is null => () => Varying.FromMedian(median, p95),
            (null, null, null, { } mean, null, null) =>
                () => variation is { } share ? Varying.FromMean(mean, share) : Varying.Geometric(mean),
            (null, null, null, null, { } low, { } high) when variation is null => () => Varying.Uniform(low, high),
            _ => null,
        };
        if (make is null)
        {
            reader.Fault(node, "says no distribution.",
                $"Write {example}, or one of the pairs p5 and p95, median and p95, mean and variation, "
                + "low and high, or a mean alone for what goes on with the same chance each time, or a list of observations.");
            return null;
        }

        return reader.Set<Varying?>(node, null, make);
    }
}
