using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Everything one model charges at one provider: its names and its prices through time.</summary>
/// <remarks>The type is immutable. Provider, currency and source are those of the <see cref="RateCard"/> that holds it.</remarks>
public sealed record ModelPricing
{
    /// <summary>Gets the canonical model id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets further ids that mean exactly the same model at the same price.</summary>
    public ImmutableArray<string> Aliases { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Gets the prices by period, at least one.</summary>
    public required ImmutableArray<PriceVersion> Versions { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Finds the prices in force at an instant: the version that began last, unless it has ended. A version without end is followed by the next one.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="includeAnnounced">Whether versions count that are only announced.</param>
    /// <returns>The version; <see langword="null"/> when none is in force.</returns>
    public PriceVersion? GetVersion(DateTimeOffset at, bool includeAnnounced = false)
    {
        PriceVersion? last = Versions
            .Where(version => (includeAnnounced || version.Status == PriceStatus.Confirmed) && (version.From ?? DateTimeOffset.MinValue) <= at)
            .MaxBy(version => version.From ?? DateTimeOffset.MinValue);
        return last?.Until <= at ? null : last;
    }

    /// <summary>Where the model stands in its configuration, for faults; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get; init; }
}
