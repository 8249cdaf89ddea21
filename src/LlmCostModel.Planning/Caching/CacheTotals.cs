using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What simulated requests consumed together.</summary>
/// <remarks><see langword="default"/> means no requests.</remarks>
[JsonConverter(typeof(JsonValueConverter<CacheTotals>))]
public readonly record struct CacheTotals : IJsonValue<CacheTotals>
{
    private readonly MeteredQuantities? _meters;

    /// <summary>Gets the number of requests.</summary>
    public long Requests { get; private init; }

    /// <summary>Gets the sum of their usage.</summary>
    public TokenUsage Usage { get; private init; }

    /// <summary>Gets what they consumed besides tokens: the storage of explicit caches, the tools of calls.</summary>
    public MeteredQuantities Meters
    {
        get => _meters ?? MeteredQuantities.Empty;
        private init => _meters = value.Count == 0 ? null : value;
    }

    /// <summary>Gets the tokens of all prompts.</summary>
    public long PromptTokens => Usage.TotalInput;

    /// <summary>Gets the share of the prompt tokens that were read from a cache, 0 to 1, to 28 digits; <see langword="null"/> without
    /// prompt tokens.</summary>
    public decimal? HitRate => PromptTokens == 0 ? null : (decimal)Usage.TotalCacheRead / PromptTokens;

    /// <summary>Sums the usage of requests.</summary>
    /// <param name="usages">The usage of each.</param>
    /// <returns>The totals.</returns>
    /// <exception cref="OverflowException">A sum exceeds <see cref="long.MaxValue"/>.</exception>
    public static CacheTotals Sum(IEnumerable<TokenUsage> usages)
    {
        ArgumentNullException.ThrowIfNull(usages);
        CacheTotals totals = default;
        foreach (TokenUsage usage in usages)
        {
            totals = totals.Add(usage);
        }

        return totals;
    }

    /// <summary>Adds the usage of one more request.</summary>
    /// <param name="usage">The usage of the request.</param>
    /// <returns>The totals with it.</returns>
    /// <exception cref="OverflowException">A sum exceeds <see cref="long.MaxValue"/>.</exception>
    public CacheTotals Add(TokenUsage usage) => this with { Requests = Requests + 1, Usage = Usage + usage };

    /// <summary>Adds what one more request consumed.</summary>
    /// <param name="usage">The usage of the request.</param>
    /// <param name="meters">What it consumed besides tokens.</param>
    /// <returns>The totals with it.</returns>
    /// <exception cref="OverflowException">A sum exceeds <see cref="long.MaxValue"/>, or no decimal holds it.</exception>
    public CacheTotals Add(TokenUsage usage, MeteredQuantities meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        CacheTotals totals = Add(usage);
        return meters.Count == 0 ? totals : totals with { Meters = Meters + meters };
    }

    /// <summary>Adds a number of requests of equal usage.</summary>
    internal CacheTotals Add(TokenUsage usage, MeteredQuantities meters, long count)
    {
        MeteredQuantities all = Meters;
        foreach ((string meter, decimal quantity) in meters)
        {
            all += MeteredQuantities.Create(new KeyValuePair<string, decimal>(meter, quantity * count));
        }

        TokenUsage sum = Usage;
        for (long rest = count; rest > 0; rest >>= 1)
        {
            sum = (rest & 1) == 1 ? sum + usage : sum;
            usage = rest > 1 ? usage + usage : usage;
        }

        return new() { Requests = Requests + count, Usage = sum, Meters = all };
    }

    /// <summary>Shows the number of requests and the hit rate, in the invariant culture.</summary>
    /// <returns>Such as <c>2 requests, 45.76% of 13427 prompt tokens read from a cache</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Requests} requests, {(HitRate ?? 0) * 100:0.00}% of {PromptTokens} prompt tokens read from a cache");

    private static readonly JsonObject<CacheTotals> Shape = new JsonObject<CacheTotals>(() => default)
        .Optional("requests", JsonOf.Int64, value => value.Requests, (owner, value) => owner with { Requests = value })
        .Optional("usage", JsonOf.Value<TokenUsage>(), value => value.Usage, (owner, value) => owner with { Usage = value })
        .Optional("meters", JsonOf.Value<MeteredQuantities>(), value => value.Meters, (owner, value) => owner with { Meters = value });

    static JsonConverter<CacheTotals> IJsonValue<CacheTotals>.Json => Shape;
}
