using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Writes a comparison of two recorded runs as JSON.</summary>
internal static class GateJson
{
    public static string Write(GateResult result, IReadOnlyList<string> notes) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passed", result.IsPassed);
        writer.WriteString("at", InstantText.Of(result.At));
        writer.WriteString("instant", JsonText.Camel($"{result.Instant}"));
        writer.WriteString("scenarioKey", result.Scenario?.Name);
        writer.WriteString("runKey", result.Run?.Name);
        writer.WriteDecimal("maxIncrease", result.MaximumIncrease);
        writer.WriteDecimal("maxIncreaseAmount", result.MaximumIncreaseAmount?.Amount);
        writer.WriteDecimal("confidence", result.Confidence);
        writer.WriteStartArray("scenarios");
        foreach (GateScenario scenario in result.Scenarios)
        {
            writer.WriteStartObject();
            writer.WriteString("scenario", scenario.Name);
            Write(writer, scenario);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("total");
        Write(writer, result.Total);
        writer.WriteEndObject();
        Write(writer, "base", result.Base);
        Write(writer, "head", result.Head);
        writer.WriteTexts("reasons", result.Reasons.Select(CommandWords.Of));
        writer.WriteTexts("notes", notes);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, GateScenario scenario)
    {
        writer.WriteString("verdict", JsonText.Camel($"{scenario.Verdict}"));
        writer.WriteStartArray("costs");
        foreach (GateCost cost in scenario.Costs)
        {
            writer.WriteStartObject();
            writer.WriteString("currency", cost.Currency);
            writer.WriteString("verdict", JsonText.Camel($"{cost.Verdict}"));
            writer.WriteDecimal("base", cost.Base);
            writer.WriteDecimal("head", cost.Head);
            writer.WriteDecimal("change", cost.Change is { } change ? decimal.Round(change, 6) : null);
            writer.WriteDecimal("low", cost.Low);
            writer.WriteDecimal("high", cost.High);
            writer.WriteDecimal("noise", cost.Noise);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, "base", scenario.Base);
        Write(writer, "head", scenario.Head);
    }

    private static void Write(Utf8JsonWriter writer, string name, GateSide? side)
    {
        if (side is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteNumber("runs", side.Runs);
        writer.WriteNumber("calls", side.Calls);
        writer.WriteNumber("partial", side.Partial);
        writer.WriteNumber("unpriced", side.Unpriced);
        writer.WriteUsage("usage", side.Usage);
        writer.WriteDecimal("cacheHitRate", side.CacheHitRate is { } rate ? decimal.Round(rate, 6) : null);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, GateInput input)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("records", input.Records);
        writer.WriteNumber("merged", input.Merged);
        writer.WriteNumber("rejected", input.Rejected);
        writer.WriteNumber("calls", input.Calls);
        writer.WriteNumber("runs", input.Runs);
        writer.WriteEndObject();
    }
}
