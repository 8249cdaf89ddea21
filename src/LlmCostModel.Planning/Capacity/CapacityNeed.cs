using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>The machines that a load needs, and what they cost beside an API.</summary>
[JsonConverter(typeof(JsonValueConverter<CapacityNeed>))]
public sealed record CapacityNeed : IJsonValue<CapacityNeed>
{
    /// <summary>Gets the load.</summary>
    public required TokenLoad Load { get; init; }

    /// <summary>Gets the machines that read fresh input (prefill), on average, to 28 digits; with hits, where they were not measured
    /// apart.</summary>
    public required decimal PrefillNodes { get; init; }

    /// <summary>Gets the machines that are busy with cache hits, on average, to 28 digits; 0 where hits were not measured apart.</summary>
    public required decimal CachedNodes { get; init; }

    /// <summary>Gets the machines that write output (decode), on average, to 28 digits.</summary>
    public required decimal DecodeNodes { get; init; }

    /// <summary>Gets the machines for the busiest time, to 28 digits.</summary>
    public required decimal PeakNodes { get; init; }

    /// <summary>Gets the machines to own: those of the busiest time, whole.</summary>
    public required long Fleet { get; init; }

    /// <summary>Gets what the fleet costs in the period, busy or idle.</summary>
    public required Money FleetCost { get; init; }

    /// <summary>Gets what machines cost that come and go with the load, so that only the average is paid: the least that renting by the
    /// hour can cost.</summary>
    public required Money ElasticCost { get; init; }

    /// <summary>Gets what the API charges for the same tokens.</summary>
    /// <value><see langword="null"/> when no API was asked for.</value>
    public Money? ApiCost { get; init; }

    /// <summary>Gets the machines needed on average, to 28 digits.</summary>
    public decimal MeanNodes => PrefillNodes + CachedNodes + DecodeNodes;

    /// <summary>Gets the share of the API's price that the fleet costs, to 28 digits; above 1 the API is cheaper.</summary>
    /// <value><see langword="null"/> without an API, or when it is free.</value>
    public decimal? ShareOfApiCost => ApiCost is { Amount: > 0 } api ? FleetCost.Amount / api.Amount : null;

    /// <summary>Shows machines and costs, rounded, in the invariant culture.</summary>
    /// <returns>Such as <c>2026-12: 226.863566 machines on average, 279 to own: 107136 USD, the API 562100 USD</c>.</returns>
    public override string ToString() =>
        (Load.Label.Length == 0 ? "" : $"{Load.Label}: ")
        + $"{RoundedText.Rounded(MeanNodes)} machines on average, {AmountFormat.ToText(Fleet)} to own: "
        + $"{RoundedText.Rounded(FleetCost.Amount)} {FleetCost.Currency}"
        + (ApiCost is { } api ? $", the API {RoundedText.Rounded(api.Amount)} {api.Currency}" : "");

    private static readonly JsonObject<CapacityNeed> Shape = new JsonObject<CapacityNeed>(
        () => new()
        {
            Load = new() { Period = TimeSpan.FromDays(1), PeakToMean = 1 },
            PrefillNodes = 0,
            CachedNodes = 0,
            DecodeNodes = 0,
            PeakNodes = 0,
            Fleet = 0,
            FleetCost = default,
            ElasticCost = default,
        })
        .Required("load", JsonOf.Value<TokenLoad>(), value => value.Load, (owner, value) => owner with { Load = value })
        .Required("prefillNodes", JsonOf.Decimal, value => value.PrefillNodes, (owner, value) => owner with { PrefillNodes = value })
        .Required("cachedNodes", JsonOf.Decimal, value => value.CachedNodes, (owner, value) => owner with { CachedNodes = value })
        .Required("decodeNodes", JsonOf.Decimal, value => value.DecodeNodes, (owner, value) => owner with { DecodeNodes = value })
        .Required("peakNodes", JsonOf.Decimal, value => value.PeakNodes, (owner, value) => owner with { PeakNodes = value })
        .Required("fleet", JsonOf.Int64, value => value.Fleet, (owner, value) => owner with { Fleet = value })
        .Required("fleetCost", JsonOf.Value<Money>(), value => value.FleetCost, (owner, value) => owner with { FleetCost = value })
        .Required("elasticCost", JsonOf.Value<Money>(), value => value.ElasticCost, (owner, value) => owner with { ElasticCost = value })
        .Maybe("apiCost", JsonOf.Value<Money>(), value => value.ApiCost, (owner, value) => owner with { ApiCost = value });

    static JsonConverter<CapacityNeed> IJsonValue<CapacityNeed>.Json => Shape;
}
