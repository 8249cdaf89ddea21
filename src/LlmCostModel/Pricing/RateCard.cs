using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>A named, sourced and dated set of model prices in one currency.</summary>
/// <remarks>The same shape is read from <c>appsettings.json</c>, the catalog and stand-alone files, see <see cref="RateCardJson"/>. The
/// type is immutable.</remarks>
public sealed partial record RateCard
{
    private readonly EquatableArray<ModelPricing> _models;
    private readonly Uncompared<string?> _path;

    /// <summary>Gets the name that receipts show.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the provider that bills these prices, such as <c>openai</c> or <c>azure</c>; <see langword="null"/> means whatever
    /// provider the call names.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets whether the provider makes these models, so that an id without a provider means this card.</summary>
    public bool FirstParty { get; init; }

    /// <summary>Gets whether a call must name the provider to mean this card, because other providers sell models under the same ids at
    /// other prices; <see langword="false"/> by default.</summary>
    public bool ProviderRequired { get; init; }

    /// <summary>Gets the region of calls that name none, neither themselves nor by their id; <see langword="null"/> when such calls run in
    /// no region in particular, at the prices without a region.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>Gets the ISO 4217 code of the currency of all amounts in the card, in upper case.</summary>
    public required string Currency { get; init => field = value?.ToUpperInvariant()!; }

    /// <summary>Gets the day on which the prices were read; <see langword="null"/> when it is not known.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets the page that states the prices; <see langword="null"/> when there is none.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the models.</summary>
    public required ImmutableArray<ModelPricing> Models { get => _models; init => _models = value; }

    /// <summary>Where the card stands in its configuration, for faults; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get => _path.Value; init => _path = new(value); }
}
