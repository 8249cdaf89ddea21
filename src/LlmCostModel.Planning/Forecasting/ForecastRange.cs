using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>The spread of an amount over all scenarios. A percentile is the exact price of one scenario; the scenarios themselves are
/// estimates. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ForecastRange>))]
public sealed record ForecastRange : IJsonValue<ForecastRange>
{
    /// <summary>Gets the first instant of the period.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets the mean, rounded to 6 decimals.</summary>
    public required decimal Mean { get; init; }

    /// <summary>Gets the amount that 5% of the scenarios do not exceed: a good year.</summary>
    public required decimal P5 { get; init; }

    /// <summary>Gets the amount that half of the scenarios do not exceed.</summary>
    public required decimal P50 { get; init; }

    /// <summary>Gets the amount that 95% of the scenarios do not exceed.</summary>
    public required decimal P95 { get; init; }

    /// <summary>Gets the amount that 99% of the scenarios do not exceed.</summary>
    public required decimal P99 { get; init; }

    /// <summary>The decimals of a mean.</summary>
    internal const int MeanDecimals = 6;

    /// <summary>Makes the range of amounts, which are sorted.</summary>
    internal static ForecastRange Of(DateTimeOffset from, decimal[] amounts)
    {
        decimal sum = 0;
        foreach (decimal amount in amounts)
        {
            sum += amount;
        }

        // Sorting by a rounded key is several times faster; amounts that differ by less than its 16th digit may change places.
        double[] keys = Array.ConvertAll(amounts, amount => (double)amount);
        Array.Sort(keys, amounts);
        decimal Percentile(int percent) => amounts[(int)((((long)amounts.Length * percent) + 99) / 100) - 1];
        return new()
        {
            From = from,
            Mean = amounts.Length == 1 ? amounts[0] : decimal.Round(sum / amounts.Length, MeanDecimals),
            P5 = Percentile(5),
            P50 = Percentile(50),
            P95 = Percentile(95),
            P99 = Percentile(99),
        };
    }

    /// <summary>Shows start, mean and percentiles in the invariant culture.</summary>
    /// <returns>Such as <c>from 2026-12-01T00:00:00Z: mean 1922, 5% below 1200, half below 1900, 95% below 2500, 99% below
    /// 3100</c>.</returns>
    public override string ToString() =>
        $"from {AmountFormat.ToText(From)}: mean {AmountFormat.ToText(Mean)}, 5% below {AmountFormat.ToText(P5)}, half below "
            + $"{AmountFormat.ToText(P50)}, "
        + $"95% below {AmountFormat.ToText(P95)}, 99% below {AmountFormat.ToText(P99)}";

    private static readonly JsonObject<ForecastRange> Shape = new JsonObject<ForecastRange>(
        () => new() { From = default, Mean = 0, P5 = 0, P50 = 0, P95 = 0, P99 = 0 })
        .Required("from", JsonOf.Instant, value => value.From, (owner, value) => owner with { From = value })
        .Required("mean", JsonOf.Decimal, value => value.Mean, (owner, value) => owner with { Mean = value })
        .Required("p5", JsonOf.Decimal, value => value.P5, (owner, value) => owner with { P5 = value })
        .Required("p50", JsonOf.Decimal, value => value.P50, (owner, value) => owner with { P50 = value })
        .Required("p95", JsonOf.Decimal, value => value.P95, (owner, value) => owner with { P95 = value })
        .Required("p99", JsonOf.Decimal, value => value.P99, (owner, value) => owner with { P99 = value });

    static JsonConverter<ForecastRange> IJsonValue<ForecastRange>.Json => Shape;
}
