using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What the data sheet of an accelerator says: its peak in each precision and its power.</summary>
[JsonConverter(typeof(JsonValueConverter<Accelerator>))]
public sealed record Accelerator : IJsonValue<Accelerator>
{
    /// <summary>Gets its name, such as <c>H100</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its peak in BF16, dense, in operations per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal PeakBf16 { get; init => field = Positive(value, nameof(PeakBf16)); }

    /// <summary>Gets its peak in FP8, dense, in operations per second.</summary>
    /// <value><see langword="null"/> when it has no FP8, or its peak is not known.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? PeakFp8 { get; init => field = value is { } peak ? Positive(peak, nameof(PeakFp8)) : null; }

    /// <summary>Gets its power, in kilowatts; the machine around it takes more.</summary>
    /// <value><see langword="null"/> when it is not published.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? Kilowatts { get; init => field = value is { } power ? Positive(power, nameof(Kilowatts)) : null; }

    /// <summary>Gets where the figures are from.</summary>
    public string? Source { get; init; }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static decimal Positive(decimal value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A data sheet has figures above 0.");

    private static readonly JsonObject<Accelerator> Shape = new JsonObject<Accelerator>(() => new() { Name = "", PeakBf16 = 1 })
        .Required("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Required("peakBf16", JsonOf.Decimal, value => value.PeakBf16, (owner, value) => owner with { PeakBf16 = value })
        .Maybe("peakFp8", JsonOf.Decimal, value => value.PeakFp8, (owner, value) => owner with { PeakFp8 = value })
        .Maybe("kilowatts", JsonOf.Decimal, value => value.Kilowatts, (owner, value) => owner with { Kilowatts = value })
        .Optional("source", JsonOf.Text, value => value.Source, (owner, value) => owner with { Source = value });

    static JsonConverter<Accelerator> IJsonValue<Accelerator>.Json => Shape;
}
