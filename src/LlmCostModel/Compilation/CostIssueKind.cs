using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Why a cost, or a part of it, is not known.</summary>
[JsonConverter(typeof(JsonNameConverter<CostIssueKind>))]
public enum CostIssueKind
{
    /// <summary>No rate card has the model.</summary>
    UnknownModel,

    /// <summary>Neither the response nor the request names a model.</summary>
    MissingModel,

    /// <summary>The response does not state what was consumed, or only a lower bound of it.</summary>
    UnknownUsage,

    /// <summary>No decimal holds the exact amount.</summary>
    AmountTooLarge,

    /// <summary>Several providers sell the model and the call does not say which one bills it.</summary>
    AmbiguousProvider,

    /// <summary>The model is known, but not at the provider that the call names.</summary>
    UnknownProvider,

    /// <summary>No price is known for the instant of the call.</summary>
    NoPriceAtInstant,

    /// <summary>The provider had retired the model by the instant of the call.</summary>
    Retired,

    /// <summary>The only price for the instant of the call is an announcement.</summary>
    OnlyAnnounced,

    /// <summary>The model has no price for the service tier.</summary>
    UnknownTier,

    /// <summary>The provider does not sell the combination.</summary>
    ImpossibleCombination,

    /// <summary>A token bucket was used that has no price.</summary>
    UnknownTokenPrice,

    /// <summary>A meter was used that has no price.</summary>
    UnknownMeterPrice,

    /// <summary>The price depends on an attribute that the call does not give.</summary>
    MissingAttribute,

    /// <summary>The price depends on what was consumed before in the period, and the call does not give it.</summary>
    MissingConsumedBefore,

    /// <summary>The usage is the sum of several calls, and the price depends on the size or the number of them.</summary>
    SumOfCalls,
}
