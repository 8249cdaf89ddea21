using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Catalog;

/// <summary>One price that two sets of rate cards state differently. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<PriceDifference>))]
public sealed record PriceDifference : IJsonValue<PriceDifference>
{
    /// <summary>Gets the provider; <see langword="null"/> for a card without one.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the token bucket (per 1,000,000 tokens), the meter (per unit), or <c>Rules</c> when rules differ.</summary>
    public required string What { get; init; }

    /// <summary>Gets the first price; <see langword="null"/> when it is not known there.</summary>
    public decimal? Before { get; init; }

    /// <summary>Gets the second price; <see langword="null"/> when it is not known there.</summary>
    public decimal? After { get; init; }

    /// <summary>Shows model and prices in the invariant culture.</summary>
    /// <returns>Such as <c>gpt-4o at openai: Input 5 to 2.5</c>.</returns>
    public override string ToString() =>
        $"{Model}{(Provider is null ? "" : $" at {Provider}")}: "
            + $"{What}{((Before ?? After) is null ? "" : $" {Shown(Before)} to {Shown(After)}")}";

    private static string Shown(decimal? price) =>
        price?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "unknown";

    private static readonly JsonObject<PriceDifference> Shape = new JsonObject<PriceDifference>(() => new() { Model = "", What = "" })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Required("what", JsonOf.Text, value => value.What, (owner, value) => owner with { What = value })
        .Maybe("before", JsonOf.Decimal, value => value.Before, (owner, value) => owner with { Before = value })
        .Maybe("after", JsonOf.Decimal, value => value.After, (owner, value) => owner with { After = value });

    static JsonConverter<PriceDifference> IJsonValue<PriceDifference>.Json => Shape;
}
