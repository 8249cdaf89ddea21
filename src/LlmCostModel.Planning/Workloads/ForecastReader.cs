namespace LlmCostModel.Planning;

/// <summary>Reads the <c>forecast</c> of a workload file: what concerns all of it, and either one line beside it or a list of
/// <c>lines</c>.</summary>
internal static class ForecastReader
{
    private static readonly string[] OfPlan = ["start", "months", "lines", "correlation", "budget", "samples", "seed"];

    internal static ForecastPlan? Read(PlanReader reader, ConfigNode node)
    {
        reader.Values.ReportUnknownKeys(node, node["lines"] is null ? [.. OfPlan, .. ForecastLineReader.Known] : OfPlan);
        ForecastLine[] lines = node["lines"] is { } list
            ? [.. reader.Values.ReadParts(list, "a list of lines").Select(line => ForecastLineReader.Read(reader, line, isAlone: true))]
            : [ForecastLineReader.Read(reader, node, isAlone: false)];
        reader.ReportRepeated(node["lines"]?.Children ?? [], "name");
        if (lines.Length == 0)
        {
            reader.Fault(node["lines"]!, "has no line.", "Give at least one, such as { \"model\": \"gpt-4o\", \"requests\": \"200k\", "
                + "\"promptTokens\": 2000, \"outputTokens\": 300 }.");
            return null;
        }

        if (node["start"] is not { IsEmpty: false })
        {
            reader.Missing(node, "start", "Write the first instant of the first month, such as 2026-01-01.");
        }

        return ReadPlan(reader, node, lines, node["start"]);
    }

    /// <summary>Reads what concerns all lines.</summary>
    internal static ForecastPlan ReadPlan(PlanReader reader, ConfigNode node, ForecastLine[] lines, ConfigNode? from)
    {
        DateTimeOffset? start = reader.Values.ReadInstant(from);
        ForecastPlan plan = new() { Start = start ?? default, Lines = [.. lines] };
        plan = Set("months", reader.Integer, value => plan with { Months = value!.Value });
        plan = Set("samples", reader.Integer, value => plan with { Samples = value!.Value });
        plan = Set("seed", reader.Integer, value => plan with { Seed = value!.Value });
        if (node["budget"] is { Value: { } written } budget && written.EndsWith('%'))
        {
            reader.Fault(budget, "is a share.", "Write an amount of money, such as 1200 or 20k.");
        }

        plan = Set("budget", reader.Values.ReadQuantity, value => plan with { Budget = value });
        plan = Set("correlation", reader.Statistic, value => plan with { Correlation = value!.Value });
        if (plan.Start > DateTimeOffset.MaxValue.AddMonths(-plan.Months - 1))
        {
            reader.Fault(from!, "is so late that the plan ends after the year 9999.", "Start earlier.");
        }

        return plan;

        ForecastPlan Set<T>(string key, Func<ConfigNode?, T> read, Func<T, ForecastPlan> change) =>
            read(node[key]) is { } value ? reader.Set(node[key], plan, () => change(value)) : plan;
    }
}
