using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>A named, sourced and dated set of model prices in one currency.</summary>
/// <remarks>The same shape is read from <c>appsettings.json</c>, the catalog and stand-alone files, see <see cref="RateCardJson"/>. The
/// type is immutable.</remarks>
public sealed partial record RateCard
{
    private readonly EquatableArray<ModelPricing> _models;
    private readonly EquatableArray<IdLifecycle> _lifecycle;
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

    /// <summary>Gets the ISO 4217 code of the currency of all amounts in the card, or of what they are worth where they are in <see
    /// cref="Credit"/>, in upper case.</summary>
    public required string Currency { get; init => field = value?.ToUpperInvariant()!; }

    /// <summary>Gets the provider's credits that all amounts in the card are in; <see langword="null"/> when they are in <see
    /// cref="Currency"/>, in which costs are in either case.</summary>
    public CreditUnit? Credit { get; init; }

    /// <summary>Gets the day on which the prices were read; <see langword="null"/> when it is not known.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets the page that states the prices; <see langword="null"/> when there is none.</summary>
    public string? Source { get; init; }

    /// <summary>Gets for how many days the provider's prices usually hold after they were read; <see langword="null"/> when it is not
    /// said. The cost of a later call says that its price may be another by then.</summary>
    public int? PricesLastDays { get; init; }

    /// <summary>Gets the models.</summary>
    public required ImmutableArray<ModelPricing> Models { get => _models; init => _models = value; }

    /// <summary>Gets what became of ids: renamed, led to another model, retired; empty by default.</summary>
    public ImmutableArray<IdLifecycle> Lifecycle { get => _lifecycle; init => _lifecycle = value; }

    /// <summary>Where the card stands in its configuration, for faults; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get => _path.Value; init => _path = new(value); }
}
