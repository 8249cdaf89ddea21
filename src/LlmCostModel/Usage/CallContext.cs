using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What decides the price of a call beside what it consumed.</summary>
/// <remarks><see langword="default"/> is legal and means: now, at the standard tier, at no particular provider or region, with no
/// attributes.</remarks>
[JsonConverter(typeof(JsonValueConverter<CallContext>))]
public readonly record struct CallContext : IJsonValue<CallContext>
{
    /// <summary>Gets the instant whose prices apply; <see langword="null"/> means now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Gets the provider that bills the call, such as <c>openai</c> or <c>bedrock</c>; <see langword="null"/> when the model id
    /// alone says it.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the region or geography that <em>served</em> the call, such as <c>us</c> or <c>eu</c>; <see langword="null"/> for none
    /// in particular.</summary>
    public string? Region { get; init; }

    /// <summary>Gets the service tier that <em>served</em> the call: <c>batch</c>, <c>flex</c>, <c>priority</c>, <c>fast</c>, ...
    /// <c>standard</c> and <c>default</c> are the standard tier; <see langword="null"/> says nothing, and prices as the standard
    /// tier.</summary>
    public string? Tier { get; init; }

    /// <summary>Gets whether the call was part of a batch; <see langword="null"/> says nothing, and prices as no batch. The same as a <see
    /// cref="Tier"/> of <c>batch</c>, for calls that have another tier as well.</summary>
    public bool? Batch { get; init; }

    /// <summary>Gets the further attributes of the request that a price may depend on; <see langword="null"/> means none.</summary>
    public CallAttributes? Attributes { get; init; }

    /// <summary>Gets the deployment that was called, for overlays; <see langword="null"/> for none in particular.</summary>
    public string? Deployment { get; init; }

    /// <summary>Gets the name of the credential or account that pays, for overlays; never the secret itself. <see langword="null"/> for
    /// none in particular.</summary>
    public string? Account { get; init; }

    /// <summary>Gets what was consumed before this call in the running allowance or volume period (a day, a month), kept by the caller.
    /// <see langword="null"/> is "not known": prices with a free allowance or volume steps then stay unknown.</summary>
    public MeteredQuantities? ConsumedBefore { get; init; }

    /// <summary>Gets whether prices that are only announced apply as if they were confirmed.</summary>
    public bool IncludeAnnounced { get; init; }

    internal bool IsBatch => Batch == true;

    /// <summary>Returns this context, and of another one what this one leaves open: <c>served.Or(asked)</c>.</summary>
    /// <remarks>What is stated wins, whatever it states: a stated standard tier, region <c>global</c> or <see cref="Batch"/> of <see
    /// langword="false"/> is a statement. Attributes merge by name.</remarks>
    /// <param name="other">What holds where this context is silent.</param>
    /// <returns>The merged context.</returns>
    public CallContext Or(in CallContext other)
    {
        // A batch that is asked for as a tier must not be lost to the tier that served the calls of the batch.
        bool otherIsBatchTier = ServiceTiers.Batch.Equals(other.Tier, StringComparison.OrdinalIgnoreCase);
        bool isSilent = string.IsNullOrEmpty(Tier);
        return new()
        {
            At = At ?? other.At,
            Provider = string.IsNullOrEmpty(Provider) ? other.Provider : Provider,
            Region = string.IsNullOrEmpty(Region) ? other.Region : Region,
            Tier = !isSilent ? Tier : otherIsBatchTier && Batch == false ? null : other.Tier,
            Batch = Batch ?? other.Batch ?? (otherIsBatchTier && !isSilent ? true : null),
            Attributes = CallAttributes.Merge(Attributes, other.Attributes),
            Deployment = Deployment ?? other.Deployment,
            Account = Account ?? other.Account,
            ConsumedBefore = ConsumedBefore ?? other.ConsumedBefore,
            IncludeAnnounced = IncludeAnnounced || other.IncludeAnnounced,
        };
    }

    /// <summary>Lists what is stated, in the invariant culture.</summary>
    /// <returns>Such as <c>{"at":"2026-11-20T12:00:00Z","tier":"batch"}</c>.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<CallContext> Shape = new JsonObject<CallContext>(() => default)
        .Maybe("at", JsonOf.Instant, value => value.At, (owner, value) => owner with { At = value })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Optional("region", JsonOf.Text, value => value.Region, (owner, value) => owner with { Region = value })
        .Optional("tier", JsonOf.Text, value => value.Tier, (owner, value) => owner with { Tier = value })
        .Maybe("batch", JsonOf.Flag, value => value.Batch, (owner, value) => owner with { Batch = value })
        .Optional("attributes", JsonOf.Value<CallAttributes>(),
            value => value.Attributes, (owner, value) => owner with { Attributes = value })
        .Optional("deployment", JsonOf.Text, value => value.Deployment, (owner, value) => owner with { Deployment = value })
        .Optional("account", JsonOf.Text, value => value.Account, (owner, value) => owner with { Account = value })
        .Optional("consumedBefore", JsonOf.Value<MeteredQuantities>(),
            value => value.ConsumedBefore, (owner, value) => owner with { ConsumedBefore = value })
        .Optional("includeAnnounced", JsonOf.Flag,
            value => value.IncludeAnnounced, (owner, value) => owner with { IncludeAnnounced = value });

    static JsonConverter<CallContext> IJsonValue<CallContext>.Json => Shape;
}
