using System.Collections.Immutable;

namespace LlmCostModel.Catalog;

/// <summary>What one table states of one model at one provider.</summary>
internal sealed record TableStatement
{
    internal required string Table { get; init; }

    internal required DateOnly Day { get; init; }

    internal required string Provider { get; init; }

    internal required string Model { get; init; }

    /// <summary>Gets the prices: of token buckets per 1,000,000 tokens, of meters per unit.</summary>
    internal required ImmutableSortedDictionary<string, decimal> Prices { get; init; }

    /// <summary>Gets the version that states them; <see langword="null"/> when the entry has no prices.</summary>
    internal PriceVersion? Version { get; init; }

    /// <summary>Gets why the entry is not taken as it stands; <see langword="null"/> when it is.</summary>
    internal string? Refusal { get; init; }

    /// <summary>Gets whether the table says that the model is retired.</summary>
    internal bool IsRetired { get; init; }

    /// <summary>Gets the day from which on it is; <see langword="null"/> when the table states none.</summary>
    internal DateTimeOffset? RetiredFrom { get; init; }

    /// <summary>Gets where the table is published.</summary>
    internal required string Source { get; init; }

    /// <summary>Gets whether the table is what the provider itself answers.</summary>
    internal bool IsOfProvider { get; init; }

    internal DateTimeOffset At => new(Day, default, default);

    internal static TableStatement Of(ImportedEntry entry, string table, DateOnly day, PriceTableFormat format)
    {
        DateTimeOffset at = new(day, default, default);
        PriceVersion? version = entry.Versions.All(one => one.IsEmpty) ? null : entry.ToPricing().GetVersion(at);
        return new TableStatement
        {
            Table = table,
            Day = day,
            Provider = entry.Provider,
            Model = entry.ModelId,
            Prices = version is null ? Empty : PricesOf(version),
            Version = version,
            Refusal = entry.Refusal,
            IsRetired = entry.Retired.IsSaid,
            RetiredFrom = entry.Retired.From,
            Source = PriceTableImporter.SourceOf(format),
            IsOfProvider = format == PriceTableFormat.OpenRouter,
        };
    }

    /// <summary>The base prices of a version by name, as <see cref="Prices"/> has them.</summary>
    internal static ImmutableSortedDictionary<string, decimal> PricesOf(PriceVersion version)
    {
        ImmutableSortedDictionary<string, decimal>.Builder prices = Empty.ToBuilder();
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            if (version.PerMillionTokens[bucket] is { } price)
            {
                prices[bucket.ToString()] = price;
            }
        }

        foreach ((string meter, MeterPrice price) in version.PerMeter)
        {
            prices[meter] = price.Price / price.Per;
        }

        return prices.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, decimal> Empty { get; } =
        ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);
}
