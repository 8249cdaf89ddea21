using LlmCostModel.Catalog;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>What a check found at the providers of the rates in use, without what a baseline explains.</summary>
internal sealed class CheckFindings
{
    public static readonly string[] Columns = ["finding", "provider", "model", "what", "ours", "table"];

    private readonly CrossCheck _check;

    private CheckFindings(CrossCheck check) => _check = check;

    /// <summary>The findings as <see cref="Columns"/> has them: by what they are, then by provider.</summary>
    public string?[][] Rows => [.. Differing, .. Lacking, .. New.SelectMany(group => group.Select(UnknownRow))];

    public bool IsEmpty => Differences.Length == 0 && OnlyInTable.Length == 0 && Unknown.Length == 0;

    public required PriceDifference[] Differences { get; init; }

    public required PriceDifference[] OnlyInTable { get; init; }

    public required ModelAtProvider[] Unknown { get; init; }

    public required int Elsewhere { get; init; }

    public required int Explained { get; init; }

    private IEnumerable<IGrouping<string, ModelAtProvider>> New =>
        Unknown.GroupBy(model => model.Provider!).OrderBy(group => group.Key, StringComparer.Ordinal);

    private IEnumerable<string?[]> Differing => Differences.Select(DifferenceRow);

    private IEnumerable<string?[]> Lacking => OnlyInTable.Select(LackRow);

    public static CheckFindings Of(CrossCheck check, IEnumerable<RateCard> cards, CheckBaseline baseline)
    {
        HashSet<string> covered = new(cards.Select(card => card.Provider).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        ModelAtProvider[] unknown = [.. check.Unknown.Where(model => covered.Contains(model.Provider!))];
        PriceDifference[] differences = [.. check.Differences.Where(found => !baseline.Explains(DifferenceRow(found)))];
        PriceDifference[] onlyInTable = [.. check.OnlyInTable.Where(found => !baseline.Explains(LackRow(found)))];
        ModelAtProvider[] unexplained = [.. unknown.Where(found => !baseline.Explains(UnknownRow(found)))];
        return new CheckFindings(check)
        {
            Differences = differences,
            OnlyInTable = onlyInTable,
            Unknown = unexplained,
            Elsewhere = check.Unknown.Count - unknown.Length,
            Explained = check.Differences.Count + check.OnlyInTable.Count + unknown.Length
                - differences.Length - onlyInTable.Length - unexplained.Length,
        };
    }

    public string Table(CommandHost host) =>
        TableText.Write(
            host,
            $"{_check.Agreeing} models agree, {_check.Lacking} lack a price, {_check.Differing} differ, "
                + $"{Unknown.Length} are unknown to the rates in use, {Elsewhere} are of other providers; "
                + $"{Explained} findings are explained",
            [.. Columns[..4], "ours>", "table>"],
            [.. Differing, .. Lacking])
        + (Unknown.Length == 0 ? "" : TableText.Write(
            host,
            "unknown ids",
            ["provider", "ids>", "names~"],
            from models in New
            select new[] { models.Key, TableText.Quantity(models.Count()), string.Join(", ", models.Select(model => model.Model)) }));

    public string Json() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("agreeing", _check.Agreeing);
        writer.WriteNumber("lacking", _check.Lacking);
        writer.WriteNumber("differing", _check.Differing);
        writer.WriteNumber("unknown", Unknown.Length);
        writer.WriteNumber("elsewhere", Elsewhere);
        writer.WriteNumber("explained", Explained);
        writer.WriteDifferences("differences", Differences, "ours", "table");
        writer.WriteDifferences("onlyInTable", OnlyInTable, "ours", "table");
        writer.WriteStartArray("unknownModels");
        foreach (ModelAtProvider unknown in Unknown)
        {
            writer.WriteStringValue($"{unknown.Provider}/{unknown.Model}");
        }

        writer.WriteEndArray();
        writer.WriteStartObject("unknownByProvider");
        foreach (IGrouping<string, ModelAtProvider> group in New)
        {
            writer.WriteStartArray(group.Key);
            foreach (ModelAtProvider model in group)
            {
                writer.WriteStringValue(model.Model);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static string?[] DifferenceRow(PriceDifference found) => ["differs", .. found.Cells()];

    private static string?[] LackRow(PriceDifference found) => ["lacks", .. found.Cells()];

    private static string?[] UnknownRow(ModelAtProvider found) => ["unknown", found.Provider, found.Model, null, null, null];
}
