using System.Text.Json;
using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Output;

/// <summary>Writes prices that differ.</summary>
internal static class DifferenceText
{
    /// <summary>Provider, model, what, and both prices.</summary>
    public static string?[] Cells(this PriceDifference difference) =>
        [difference.Provider, difference.Model, JsonText.Camel(difference.What), Price(difference.Before), Price(difference.After)];

    public static void WriteDifferences(
        this Utf8JsonWriter writer,
        string name,
        IReadOnlyList<PriceDifference> differences,
        string first,
        string second)
    {
        writer.WriteStartArray(name);
        foreach (PriceDifference difference in differences)
        {
            writer.WriteStartObject();
            writer.WriteString("provider", difference.Provider);
            writer.WriteString("model", difference.Model);
            writer.WriteString("what", JsonText.Camel(difference.What));
            writer.WriteDecimal(first, difference.Before);
            writer.WriteDecimal(second, difference.After);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string? Price(decimal? price) => price is { } known ? JsonText.Number(known) : null;
}
