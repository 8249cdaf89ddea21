using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary>What <c>llmcost train</c> found, in its three forms.</summary>
internal sealed record TrainingResult
{
    public required TrainingRun Run { get; init; }

    public decimal? Operations { get; init; }

    public decimal? Peak { get; init; }

    /// <summary>The share of the peak that is reached; above 1, one of the figures is wrong.</summary>
    public decimal? Reached { get; init; }

    public OwnedAccelerator? Owned { get; init; }

    public decimal? Days { get; init; }

    public decimal? Served { get; init; }

    private decimal? Hardware => Owned is null ? null : Owned.HardwareAmount * Run.GpuHours;

    private decimal? Energy => Owned is null ? null : Owned.EnergyAmount * Run.GpuHours;

    private decimal? PerMillion => Served is > 0 and { } tokens ? Run.GetAmountPerMillion(tokens) : null;

    private string[] Notes => Reached > 1
        ? ["More than the peak is reached: the hours, the peak, or the parameters (only active ones count) are wrong."]
        : [];

    private (string Name, string Label, decimal? Value, Func<decimal?, string> Text)[] Rows =>
    [
        ("operations", "operations", Operations, Power),
        ("peakPerSecond", "peak of an accelerator, a second", Peak, Power),
        ("utilization", "share of the peak reached (MFU)", Reached, RoundedText.Percent),
        ("gpuHours", "accelerator hours", Run.GpuHours, RoundedText.Number),
        ("days", "days", Days, RoundedText.Number),
        ("hourlyRate", $"an hour, {Run.Currency}", Run.HourlyRate, RoundedText.Amount),
        ("hardwareAmount", $"hardware, {Run.Currency}", Hardware, RoundedText.Amount),
        ("energyAmount", $"energy, {Run.Currency}", Energy, RoundedText.Amount),
        ("amount", $"all, {Run.Currency}", Run.Amount, RoundedText.Amount),
        ("amountPerMillionServed", $"per million tokens served, {Run.Currency}", PerMillion, RoundedText.Amount),
    ];

    public string Json() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("currency", Run.Currency);
        foreach ((string name, _, decimal? value, _) in Rows)
        {
            writer.WriteDecimal(name, value);
        }

        writer.WriteTexts("notCounted", TrainingRun.NotCounted);
        writer.WriteTexts("notes", Notes);
        writer.WriteEndObject();
    });

    public string Csv() => CsvText.Write([
        ["currency", .. Rows.Select(row => row.Name)],
        [Run.Currency, .. Rows.Select(row => row.Value is { } value ? JsonText.Number(value) : null)],
    ]);

    public string Table(CommandHost host) =>
        TableText.Write(
            host,
            "Training",
            ["", "value>"],
            Rows.Where(row => row.Value is not null).Select(row => new[] { row.Label, row.Text(row.Value) }))
        + string.Concat(Notes.Select(note => note + "\n"))
        + "Not counted:\n"
        + string.Concat(TrainingRun.NotCounted.Select(part => $"  {part}\n"));

    /// <summary>A number too long to read, as a power of ten.</summary>
    private static string Power(decimal? value) =>
        value is null ? "" : ((double)value.Value).ToString("0.####e+0", System.Globalization.CultureInfo.InvariantCulture);
}
