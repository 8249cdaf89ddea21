using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a provider's response says of a call's cost: what it consumed, who served it and how, and what the provider says it
/// cost.</summary>
/// <remarks>
/// <para>Counts are disjoint, whatever the API. Price it as a <see cref="ModelCall"/>: <c>estimator.Price(new ModelCall { Reading = reading
/// })</c>.</para>
/// <para><see langword="default"/> is a response that says nothing: <see cref="UsageStatus.Unknown"/>.</para>
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<UsageReading>))]
public readonly record struct UsageReading : IJsonValue<UsageReading>
{
    private readonly MeteredQuantities? _meters;
    private readonly EquatableArray<NestedCall> _nested;
    private readonly bool _isSum;
    private readonly long? _calls;

    /// <summary>Gets the convention by which the response was read; <see cref="ApiFormat.Detect"/> when the counts did not come from a
    /// response.</summary>
    public ApiFormat Api { get; init; }

    /// <summary>Gets whose counts these are.</summary>
    public UsageOrigin Origin { get; init; }

    /// <summary>Gets the ids that the response states.</summary>
    public CallIdentity Identity { get; init; }

    /// <summary>Gets how much of the usage is known.</summary>
    public UsageStatus Status { get; init; }

    /// <summary>Gets how many calls the counts are the sum of: 1 for nearly all readings, more for a batch or a session as a whole;
    /// <see langword="null"/> when they are a sum and its response does not say of how many.</summary>
    /// <remarks>A sum says nothing of the size of a call. Where the price depends on it, the sum has none.</remarks>
    public long? Calls { get => _isSum ? _calls : 1; init => (_isSum, _calls) = (value != 1, value); }

    /// <summary>Gets why the usage is not complete; <see langword="null"/> when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets what <see cref="Model"/> consumed, without <see cref="Nested"/> calls; <see langword="null"/> when the response does
    /// not state it, a lower bound when <see cref="Status"/> is partial.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Gets the id of the model that served the call, as the response spells it; <see langword="null"/> when it names
    /// none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether another model than the one that was asked for took over, so that its name counts.</summary>
    internal bool IsFromFallback { get; init; }

    /// <summary>Gets the calls that the provider made inside the call and bills each by itself; empty for nearly all calls.</summary>
    public ImmutableArray<NestedCall> Nested { get => _nested; init => _nested = value; }

    /// <summary>Gets what the provider itself says the call cost; <see langword="null"/> when it does not say.</summary>
    /// <remarks>A reading of the <see cref="UsageOrigin.Application"/> that is complete and has no counts, meters or calls inside is one
    /// of which the cost alone is known: it is priced at that cost, and a note says so.</remarks>
    public ReportedCost? Reported { get; init; }

    /// <summary>Gets why the prompt was not read from the cache; <see langword="null"/> when the response does not say.</summary>
    public CacheMiss? CacheMiss { get; init; }

    /// <summary>Gets what was consumed besides tokens: searches, seconds, ...</summary>
    public MeteredQuantities Meters { get => _meters ?? MeteredQuantities.Empty; init => _meters = value; }

    /// <summary>Gets how the call was served, not asked: its instant, tier, region and attributes, as far as the response says. A stated
    /// standard tier is <c>standard</c>, silence is
    /// <see langword="null"/>. The provider is not part of a response.</summary>
    public CallContext Served { get; init; }

    /// <summary>What an application says that a call cost, of which it does not know what it consumed; <see langword="null"/> for all
    /// others, whose cost is calculated.</summary>
    internal Money? StatedCost =>
        Origin == UsageOrigin.Application && Status == UsageStatus.Complete && Usage is null && Meters.Count == 0 && Nested.IsEmpty
            ? Reported?.Total
            : null;

    /// <summary>Adds the turns of a connection; what is not a count is that of the last turn.</summary>
    internal static UsageReading Sum(in UsageReading first, in UsageReading later) => new()
    {
        Calls = first.Calls + later.Calls,
        Api = later.Api,
        Identity = later.Identity,
        Status = (UsageStatus)Math.Min((int)first.Status, (int)later.Status),
        Reason = first.Reason ?? later.Reason,
        Usage = first.Usage + later.Usage,
        Model = later.Model ?? first.Model,
        Meters = first.Meters + later.Meters,
        Served = later.Served,
    };

    /// <summary>Determines whether two readings say the same.</summary>
    /// <param name="other">The reading to compare with.</param>
    /// <returns><see langword="true"/> if every property is equal.</returns>
    public bool Equals(UsageReading other) =>
        (Api, Origin, Status, Calls) == (other.Api, other.Origin, other.Status, other.Calls)
        && (Reason, Model, IsFromFallback) == (other.Reason, other.Model, other.IsFromFallback)
        && Usage == other.Usage
        && Identity == other.Identity
        && Reported == other.Reported
        && CacheMiss == other.CacheMiss
        && Served == other.Served
        && Meters.Equals(other.Meters)
        && _nested.Equals(other._nested);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Api, Status, Model, Usage, Identity, Reported, Meters, _nested);

    /// <summary>Shows model, status and usage in the invariant culture.</summary>
    /// <returns>Such as <c>o1: Input 400, Output 500 (Complete)</c>.</returns>
    public override string ToString() => $"{Model ?? "unknown model"}: {Usage?.ToString() ?? "usage not stated"} ({Status})";

    private static readonly JsonObject<UsageReading> Shape = new JsonObject<UsageReading>(() => default)
        .Optional("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("status", JsonOf.Name<UsageStatus>(), value => value.Status, (owner, value) => owner with { Status = value })
        .Optional("reason", JsonOf.Text, value => value.Reason, (owner, value) => owner with { Reason = value })
        .Maybe("calls", JsonOf.Int64, value => value._isSum ? value._calls ?? 0 : null,
            (owner, value) => owner with { Calls = value == 0 ? null : value })
        .Maybe("usage", JsonOf.Value<TokenUsage>(), value => value.Usage, (owner, value) => owner with { Usage = value })
        .Optional("meters", JsonOf.Value<MeteredQuantities>(), value => value.Meters, (owner, value) => owner with { Meters = value })
        .Optional("nested", JsonOf.Array(JsonOf.Value<NestedCall>()),
            value => value.Nested, (owner, value) => owner with { Nested = value })
        .Maybe("reported", JsonOf.Value<ReportedCost>(), value => value.Reported, (owner, value) => owner with { Reported = value })
        .Optional("cacheMiss", JsonOf.Value<CacheMiss>(), value => value.CacheMiss, (owner, value) => owner with { CacheMiss = value })
        .Optional("served", JsonOf.Value<CallContext>(), value => value.Served, (owner, value) => owner with { Served = value })
        .Optional("identity", JsonOf.Value<CallIdentity>(), value => value.Identity, (owner, value) => owner with { Identity = value })
        .Optional("origin", JsonOf.Name<UsageOrigin>(), value => value.Origin, (owner, value) => owner with { Origin = value })
        .Optional("api", JsonOf.Name<ApiFormat>(), value => value.Api, (owner, value) => owner with { Api = value })
        .Optional("isFromFallback", JsonOf.Flag, value => value.IsFromFallback, (owner, value) => owner with { IsFromFallback = value });

    static JsonConverter<UsageReading> IJsonValue<UsageReading>.Json => Shape;
}
