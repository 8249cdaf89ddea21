using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel;

/// <summary>Everything one model charges at one provider: its names and its prices through time.</summary>
/// <remarks>The type is immutable. Provider, currency and source are those of the <see cref="RateCard"/> that holds it.</remarks>
public sealed partial record ModelPricing
{
    private readonly EquatableArray<string> _aliases;
    private readonly EquatableArray<PriceVersion> _versions;
    private readonly DeferredModel? _versionsToRead;
    private readonly DeferredModel? _limitsToRead;

    /// <summary>The most characters that an id or an alias may have; the longest that providers use have about a hundred.</summary>
    internal const int LongestId = 256;

    /// <summary>Makes a model without anything.</summary>
    public ModelPricing()
    {
    }

    /// <summary>Makes a model whose prices and limits are read when they are first asked for.</summary>
    [SetsRequiredMembers]
    internal ModelPricing(string id, ImmutableArray<string> aliases, DeferredModel rest)
    {
        (Id, Aliases) = (id, aliases);
        (_versionsToRead, _limitsToRead) = (rest, rest);
    }

    /// <summary>Gets the canonical model id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets further ids that mean exactly the same model at the same price.</summary>
    public ImmutableArray<string> Aliases { get => _aliases; init => _aliases = value; }

    /// <summary>Gets how much one call may hold; <see langword="null"/> when it is not known.</summary>
    public ModelLimits? Limits
    {
        get => _limitsToRead is { } rest ? rest.Content.Limits : field;
        init => (field, _limitsToRead) = (value, null);
    }

    /// <summary>Gets the prices by period, at least one.</summary>
    public required ImmutableArray<PriceVersion> Versions
    {
        get => _versionsToRead is { } rest ? rest.Content.Versions : _versions;
        init => (_versions, _versionsToRead) = (value, null);
    }

    /// <summary>Makes the pricing of the common case: one version without dates and rules, per 1,000,000 tokens in the card's
    /// currency.</summary>
    /// <param name="id">The canonical model id.</param>
    /// <param name="input">The price of fresh input; <see langword="null"/> when it is not known.</param>
    /// <param name="output">The price of output; <see langword="null"/> when it is not known.</param>
    /// <param name="cacheRead">The price of input read from a cache; <see langword="null"/> when it is not known.</param>
    /// <param name="cacheWrite">The price of input written to a cache; <see langword="null"/> when it is not known.</param>
    /// <returns>The pricing; say more with <c>with</c>, or with the properties of <see cref="PriceVersion"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A price is negative.</exception>
    public static ModelPricing Create(string id, decimal? input, decimal? output, decimal? cacheRead = null, decimal? cacheWrite = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        TokenRates rates = new() { Input = input, CacheRead = cacheRead, CacheWrite = cacheWrite, Output = output };
        return new() { Id = id, Versions = [new PriceVersion { PerMillionTokens = rates }] };
    }

    /// <summary>Finds the prices in force at an instant: the version that began last, unless it has ended. A version without end is
    /// followed by the next one.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="includeAnnounced">Whether versions count that are only announced.</param>
    /// <returns>The version; <see langword="null"/> when none is in force.</returns>
    public PriceVersion? GetVersion(DateTimeOffset at, bool includeAnnounced = false)
    {
        PriceVersion? last = Versions
            .Where(version =>
                (includeAnnounced || version.Status == PriceStatus.Confirmed) && (version.From ?? DateTimeOffset.MinValue) <= at)
            .MaxBy(version => version.From ?? DateTimeOffset.MinValue);
        return last?.Until <= at ? null : last;
    }

    /// <summary>Whether another model has the same prices at all times.</summary>
    internal bool HasPricesOf(ModelPricing other) =>
        (this with { Id = other.Id, Aliases = other.Aliases, Limits = other.Limits }) == other;

    /// <summary>Where the model stands in its configuration, for faults; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get; init; }

    /// <summary>Whether the prices are not asked for yet, and come from a text that was checked when it was written.</summary>
    internal bool IsDeferred => _versionsToRead is not null;

    /// <summary>Compares the content; prices that were not read yet are read for it.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>Whether everything is the same, in the same order.</returns>
    public bool Equals(ModelPricing? other) =>
        other is not null
        && Id == other.Id
        && _aliases.Equals(other._aliases)
        && Limits == other.Limits
        && new EquatableArray<PriceVersion>(Versions).Equals(new EquatableArray<PriceVersion>(other.Versions));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, _aliases);
}
