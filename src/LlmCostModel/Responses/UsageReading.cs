using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>What a provider's response says of a call's cost: what it consumed, who served it and how, and what the provider says it cost.</summary>
/// <remarks>
/// <para>Counts are disjoint, whatever the API. Price it as a <see cref="ModelCall"/>: <c>estimator.Price(new ModelCall { Reading = reading })</c>.</para>
/// <para><see langword="default"/> is a response that says nothing: <see cref="UsageStatus.Unknown"/>.</para>
/// </remarks>
public readonly struct UsageReading
{
    private readonly MeterCounts _meters;
    private readonly CallAttributeTexts _attributes;
    private readonly CallContext _served;
    private readonly MeteredQuantities? _givenMeters;

    internal UsageReading(in MeterCounts meters, in CallContext served, in CallAttributeTexts attributes) =>
        (_meters, _served, _attributes) = (meters, served, attributes);

    /// <summary>Gets the convention by which the response was read; <see cref="ApiFormat.Detect"/> when the counts did not come from a response.</summary>
    public ApiFormat Api { get; init; }

    /// <summary>Gets whose counts these are.</summary>
    public UsageOrigin Origin { get; init; }

    /// <summary>Gets the ids that the response states.</summary>
    public CallIdentity Identity { get; init; }

    /// <summary>Gets how much of the usage is known.</summary>
    public UsageStatus Status { get; init; }

    /// <summary>Gets why the usage is not complete; <see langword="null"/> when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets what <see cref="Model"/> consumed, without <see cref="Nested"/> calls; <see langword="null"/> when the response does not state it, a lower bound when <see cref="Status"/> is partial.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Gets the id of the model that served the call, as the response spells it; <see langword="null"/> when it names none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether another model than the one that was asked for took over, so that its name counts.</summary>
    internal bool IsFromFallback { get; init; }

    /// <summary>Gets the calls that the provider made inside the call and bills each by itself; empty for nearly all calls.</summary>
    public ImmutableArray<NestedCall> Nested { get => field.IsDefault ? [] : field; init; }

    /// <summary>Gets what the provider itself says the call cost; <see langword="null"/> when it does not say.</summary>
    public ReportedCost? Reported { get; init; }

    /// <summary>Gets what was consumed besides tokens (searches, seconds, ...); made on each call when there is any.</summary>
    public MeteredQuantities Meters { get => _givenMeters ?? _meters.ToQuantities(); init => _givenMeters = value; }

    /// <summary>Gets how the call was served, not asked: its instant, tier, region and attributes, as far as the response says. A stated standard tier is <c>standard</c>, silence is
    /// <see langword="null"/>. The provider is not part of a response.</summary>
    public CallContext Served
    {
        get => _attributes.IsEmpty ? _served : _served with { Attributes = _attributes.ToAttributes() };
        init => (_served, _attributes) = (value, default);
    }

    /// <summary>Adds the turns of a connection; what is not a count is that of the last turn.</summary>
    internal static UsageReading Sum(in UsageReading first, in UsageReading later)
    {
        MeterCounts meters = first._meters;
        meters.Add(in later._meters);
        bool isKnown = first.Usage is not null && later.Usage is not null;
        return new UsageReading(in meters, in later._served, in later._attributes)
        {
            Api = later.Api,
            Identity = later.Identity,
            Status = isKnown ? (UsageStatus)Math.Min((int)first.Status, (int)later.Status) : UsageStatus.Unknown,
            Reason = first.Reason ?? later.Reason,
            Usage = isKnown ? first.Usage + later.Usage : null,
            Model = later.Model ?? first.Model,
        };
    }

    /// <summary>Shows model, status and usage in the invariant culture.</summary>
    /// <returns>Such as <c>o1: Input 400, Output 500 (Complete)</c>.</returns>
    public override string ToString() => $"{Model ?? "unknown model"}: {Usage?.ToString() ?? "usage not stated"} ({Status})";
}
