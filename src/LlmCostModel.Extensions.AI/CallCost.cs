namespace LlmCostModel.Extensions.AI;

/// <summary>What one call of a model cost, with all that decided it: what observers and ledgers get. The type is immutable.</summary>
public sealed record CallCost
{
    /// <summary>Gets what was asked for: <c>chat</c>, <c>embeddings</c>, <c>image</c>, <c>transcription</c> or <c>speech</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets when the call was sent. Its prices are those of this instant.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets whether everything, a part or nothing was priced. A call whose usage is not known is unpriced, never free.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>Gets the exact cost, other models inside the call included; <see langword="null"/> when it is not known, a lower bound when <see cref="Status"/> is partial.</summary>
    public Money? Total { get; init; }

    /// <summary>Gets why the cost, or a part of it, is not known, in sentences that name the fix; empty when all is priced.</summary>
    public IReadOnlyList<string> Reasons { get; init => field = value ?? []; } = [];

    /// <summary>Gets the kind of the first thing that has no price; <see langword="null"/> when all is priced or when the usage is not known.</summary>
    public CostIssueKind? Issue { get; init; }

    /// <summary>Gets what was consumed, as disjoint counts; <see langword="null"/> when it is not known.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Gets what was consumed beside tokens; <see langword="null"/> when nothing was.</summary>
    public MeteredQuantities? Meters { get; init; }

    /// <summary>Gets the canonical id of the model whose prices were used; <see langword="null"/> when nothing was priced.</summary>
    public string? PricedModel { get; init; }

    /// <summary>Gets the host whose prices were used; <see langword="null"/> when the rate card names none or nothing was priced.</summary>
    public string? PricedHost { get; init; }

    /// <summary>Gets the rate card that was used; <see langword="null"/> when nothing was priced.</summary>
    public string? RateCard { get; init; }

    /// <summary>Gets how the call was served: host, region, tier, ... as far as the response or the options say.</summary>
    public CallContext Context { get; init; }

    /// <summary>Gets what the provider itself says the call cost; <see langword="null"/> when it does not say.</summary>
    public Money? Reported { get; init; }

    /// <summary>Gets the provider's name as the client gives it, such as <c>openai</c>. It names the protocol, not who bills: see <see cref="CallContext.Host"/>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the model that was asked for; <see langword="null"/> when neither the request nor the client names one.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>Gets the model that answered; <see langword="null"/> when the response names none.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>Gets the provider's id of the response; <see langword="null"/> when it has none.</summary>
    public string? ResponseId { get; init; }

    /// <summary>Gets the tags of the <see cref="CostScope"/> in which the call was made; empty outside of one.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = CostScope.NoTags;

    /// <summary>Gets calculated against reported cost; <see langword="null"/> unless the call is wholly priced and the provider reports a cost in the same currency.</summary>
    public CostDrift? Drift => Status == CostStatus.Priced && Total is { } total && Reported is { } reported && total.Currency == reported.Currency ? new CostDrift(total, reported) : null;

    /// <summary>Shows model, cost and reasons in the invariant culture.</summary>
    /// <returns>Such as <c>o1: 0.03 USD</c> or <c>o1: unpriced: ...</c>.</returns>
    public override string ToString() => $"{ResponseModel ?? RequestedModel ?? "unknown model"}: " + Status switch
    {
        CostStatus.Priced => $"{Total}",
        CostStatus.Partial => $"at least {Total}: {string.Join(" ", Reasons)}",
        _ => $"unpriced: {string.Join(" ", Reasons)}",
    };
}
