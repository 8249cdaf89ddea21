using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>What a card says once for its models.</summary>
internal sealed record CardDefaults(
    ImmutableSortedDictionary<TokenBucket, TokenBucket> BilledAs, IReadOnlyDictionary<string, PriceRule> Rules)
{
    internal static CardDefaults None { get; } =
        new(ImmutableSortedDictionary<TokenBucket, TokenBucket>.Empty, ImmutableDictionary<string, PriceRule>.Empty);
}
