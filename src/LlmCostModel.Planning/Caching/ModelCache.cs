using System.Collections.Immutable;
using System.Globalization;

namespace LlmCostModel.Planning;

/// <summary>What a provider documents of the prompt cache of a model: which policies it has, and from how many tokens on.</summary>
/// <remarks>Data, each row with the day and the page on which it was read; a model that no row names is not known, whatever it resembles.
/// Immutable.</remarks>
public sealed class ModelCache
{
    internal ModelCache(ImmutableArray<CachePolicy> policies, long? minimumTokens, DateOnly asOf, Uri source)
    {
        MinimumTokens = minimumTokens;
        AsOf = asOf;
        Source = source;
        Policies = minimumTokens is { } tokens
            ? [.. policies.Select(policy => policy.MinimumByModel ? policy with { MinimumTokens = tokens } : policy)]
            : policies;
    }

    /// <summary>Gets the policies that the model has, with its own minimum where it is known; the first is what it does by
    /// default.</summary>
    public ImmutableArray<CachePolicy> Policies { get; }

    /// <summary>Gets the fewest tokens that the model caches; <see langword="null"/> where its page does not name the model.</summary>
    public long? MinimumTokens { get; }

    /// <summary>Gets the day on which the page was read.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Gets the page.</summary>
    public Uri Source { get; }

    /// <summary>Finds what is documented of a model.</summary>
    /// <param name="model">The model, as <see cref="PricedModel.Resolution"/> or a receipt names it.</param>
    /// <returns>The cache; <see langword="null"/> when it is not known here.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is <see langword="null"/>.</exception>
    public static ModelCache? Find(ModelResolution model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelCaches.Find(model.Provider, model.ModelId);
    }

    /// <summary>Gives a policy of <see cref="CachePolicies"/> the minimum of this model.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>The policy with <see cref="MinimumTokens"/>, if its own <see cref="CachePolicy.MinimumByModel">differs by model</see> and
    /// the model has such a policy; otherwise as it was given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is <see langword="null"/>.</exception>
    public CachePolicy Fit(CachePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.MinimumByModel && MinimumTokens is { } tokens && Has(policy) ? policy with { MinimumTokens = tokens } : policy;
    }

    /// <summary>Gets whether the model has a policy of this name.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns><see langword="false"/> for one that <see cref="CachePolicies"/> has for other models; a policy of the caller's own has no
    /// name to go by.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is <see langword="null"/>.</exception>
    public bool Has(CachePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Policies.Any(own => own.Name.Equals(policy.Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Shows the policies, the minimum and the source.</summary>
    /// <returns>Such as <c>anthropic-5m, anthropic-1h from 4096 tokens (https://platform.claude.com/..., 2026-10-08)</c>.</returns>
    public override string ToString()
    {
        string minimum = MinimumTokens is { } tokens ? FormattableString.Invariant($" from {tokens} tokens") : "";
        string day = AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{string.Join(", ", Policies.Select(policy => policy.Name))}{minimum} ({Source}, {day})";
    }
}
