using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What one call of a model cost: its parts, each priced by itself, and what they cost together. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<PricedCall>))]
public sealed record PricedCall : IJsonValue<PricedCall>
{
    private readonly EquatableArray<PricedPart> _parts;
    private readonly EquatableArray<Money> _totals;
    private readonly EquatableArray<CostIssue> _issues;
    private readonly EquatableArray<string> _notes;
    private readonly EquatableArray<string> _pools;

    /// <summary>Gets the call.</summary>
    public required ModelCall Call { get; init; }

    /// <summary>Gets how it was priced: what was served, where the response is silent what was asked for, and the instant whose prices
    /// apply.</summary>
    public required CallContext Context { get; init; }

    /// <summary>Gets the parts: the model that answered, then every call inside the call.</summary>
    public required ImmutableArray<PricedPart> Parts { get => _parts; init => _parts = value; }

    /// <summary>Gets whether everything, a part or nothing was priced. A call whose usage is not known is unpriced, never free.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>Gets the exact sum of every currency, sorted by its code; lower bounds when <see cref="Status"/> is partial for want of
    /// a price; where counts are in doubt (<see cref="CostIssueKind.UnknownUsage"/>), what the stated ones cost. Empty when
    /// nothing was priced.</summary>
    public required ImmutableArray<Money> Totals { get => _totals; init => _totals = value; }

    /// <summary>Gets what is not priced, and why; empty when all is priced.</summary>
    public required ImmutableArray<CostIssue> Issues { get => _issues; init => _issues = value; }

    /// <summary>Gets what decided the price without being stated by the response, in sentences; empty when there is no such
    /// thing.</summary>
    public ImmutableArray<string> Notes { get => _notes; init => _notes = value; }

    /// <summary>Gets what the call cost more because <see cref="UsageReading.CacheMiss"/> tokens were not read from the cache: their
    /// price as writes, or as fresh input, less that of reading them. A part of <see cref="Total"/>, and as near as the provider's
    /// estimate of the tokens. <see langword="null"/> when the response states no missed tokens, or they have no price.</summary>
    public Money? CacheMissCost { get; init; }

    /// <summary>Gets the names of the pools that a part of the call draws on, in their order; empty when there is none. How much of it they
    /// cover depends on what was drawn before, see <see cref="PoolAccounts"/>.</summary>
    public ImmutableArray<string> Pools { get => _pools; init => _pools = value; }

    /// <summary>Gets the exact sum; <see langword="null"/> when nothing was priced or the parts are in several currencies, see <see
    /// cref="Totals"/>.</summary>
    public Money? Total => Totals is [var only] ? only : null;

    /// <summary>Gets the part of the model that answered.</summary>
    public PricedPart Main => Parts[0];

    /// <summary>Gets the instant whose prices apply.</summary>
    public DateTimeOffset At => Context.At!.Value;

    /// <summary>Gets what the provider itself says the call cost, all of it; <see langword="null"/> when it does not say.</summary>
    public Money? Reported => Call.Reading.Reported?.Total;

    /// <summary>Gets calculated against reported cost; <see langword="null"/> unless the call is wholly priced and the provider reports a
    /// cost in the same currency.</summary>
    public CostDrift? Drift =>
        Status == CostStatus.Priced && Total is { } total && Reported is { } reported && total.Currency == reported.Currency
            && Call.Said.StatedCost is null // which would be compared with itself
            ? new CostDrift { Calculated = total, Reported = reported }
            : null;

    /// <summary>Shows model, cost and issues in the invariant culture.</summary>
    /// <returns>Such as <c>o1: 0.03 USD</c> or <c>o1: unpriced: ...</c>.</returns>
    public override string ToString() => $"{Parts.FirstOrDefault()?.Model ?? "unknown model"}: " + Status switch
    {
        CostStatus.Priced => string.Join(" + ", Totals),
        CostStatus.Partial => $"at least {string.Join(" + ", Totals)}: {string.Join(" ", Issues)}",
        _ => $"unpriced: {string.Join(" ", Issues)}",
    };

    private static readonly JsonObject<PricedCall> Shape = new JsonObject<PricedCall>(
        () => new()
        {
            Call = new ModelCall { Reading = default },
            Context = default,
            Parts = [],
            Status = CostStatus.Unpriced,
            Totals = [],
            Issues = [],
        })
        .Required("status", JsonOf.Name<CostStatus>(), value => value.Status, (owner, value) => owner with { Status = value })
        .Optional("totals", JsonOf.Array(JsonOf.Value<Money>()), value => value.Totals, (owner, value) => owner with { Totals = value })
        .Optional("issues", JsonOf.Array(JsonOf.Value<CostIssue>()),
            value => value.Issues, (owner, value) => owner with { Issues = value })
        .Optional("notes", JsonOf.Array(JsonOf.Text), value => value.Notes, (owner, value) => owner with { Notes = value })
        .Optional("pools", JsonOf.Array(JsonOf.Text), value => value.Pools, (owner, value) => owner with { Pools = value })
        .Maybe("cacheMissCost", JsonOf.Value<Money>(), value => value.CacheMissCost, (owner, value) => owner with { CacheMissCost = value })
        .Optional("parts", JsonOf.Array(JsonOf.Value<PricedPart>()), value => value.Parts, (owner, value) => owner with { Parts = value })
        .Required("context", JsonOf.Value<CallContext>(), value => value.Context, (owner, value) => owner with { Context = value })
        .Required("call", JsonOf.Value<ModelCall>(), value => value.Call, (owner, value) => owner with { Call = value });

    static JsonConverter<PricedCall> IJsonValue<PricedCall>.Json => Shape;
}
