using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What is known of one call of a model: who it is, when it was made, what was asked for, and what the response says.</summary>
/// <remarks>
/// The unit of everything around the arithmetic: <c>estimator.Price(call)</c> says what it cost. The type is immutable.
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<ModelCall>))]
public sealed record ModelCall : IJsonValue<ModelCall>
{
    private readonly CallIdentity? _identity;
    private readonly UsageReading _reading;

    /// <summary>Gets what makes it one call; by default the ids that the response states.</summary>
    public CallIdentity Identity { get => _identity ?? _reading.Identity; init => _identity = value; }

    /// <summary>Gets when the call was sent, whose prices apply; <see langword="null"/> leaves it to the response, then to <see
    /// cref="Asked"/>, then to the clock.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Gets the model or deployment that was asked for; <see langword="null"/> when it is not known.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>Gets what the caller knows of the call: provider, region, tier, attributes, account. What the response states wins over
    /// it.</summary>
    public CallContext Asked { get; init; }

    /// <summary>Gets what the response says.</summary>
    public required UsageReading Reading { get => _reading; init => _reading = value; }

    /// <summary>The same without a copy of its several hundred bytes.</summary>
    internal ref readonly UsageReading Said => ref _reading;

    /// <summary>Gets how the call is priced: what was served, and where the response is silent what was asked for.</summary>
    public CallContext Context
    {
        get
        {
            CallContext served = _reading.Served;
            return served.Or(Asked) with { At = At ?? served.At ?? Asked.At, Deployment = Asked.Deployment ?? RequestedModel };
        }
    }

    /// <summary>Makes a call of a provider's response body.</summary>
    /// <param name="utf8Json">The response body: one JSON object.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the body.</param>
    /// <returns>The call; add what the response does not say with <c>with</c>.</returns>
    /// <exception cref="UsageFormatException">The body is not JSON, not of the API, ambiguous, or contradicts itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="api"/> is not a convention.</exception>
    public static ModelCall FromResponse(ReadOnlySpan<byte> utf8Json, ApiFormat api = ApiFormat.Detect) =>
        new() { Reading = UsageReader.Read(utf8Json, api) };

    /// <inheritdoc cref="FromResponse(ReadOnlySpan{byte}, ApiFormat)"/>
    /// <param name="json">The response body: one JSON object.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the body.</param>
    public static ModelCall FromResponse(string json, ApiFormat api = ApiFormat.Detect) => new() { Reading = UsageReader.Read(json, api) };

    /// <inheritdoc cref="FromResponse(ReadOnlySpan{byte}, ApiFormat)"/>
    /// <param name="response">The response: a JSON object.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the body.</param>
    public static ModelCall FromResponse(JsonElement response, ApiFormat api = ApiFormat.Detect) =>
        new() { Reading = UsageReader.Read(response, api) };

    /// <summary>Makes a call of a whole streamed response.</summary>
    /// <param name="utf8Stream">All bytes of the stream: server-sent events or JSON lines.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the events.</param>
    /// <returns>The call; add what the response does not say with <c>with</c>.</returns>
    /// <exception cref="UsageFormatException">An event is not JSON, not of the API, ambiguous, or contradicts itself.</exception>
    public static ModelCall FromStream(ReadOnlySpan<byte> utf8Stream, ApiFormat api = ApiFormat.Detect) =>
        new() { Reading = UsageReader.ReadStream(utf8Stream, api) };

    /// <summary>Adds what only the request says of the price: its model, the tier and region it asks for, how long the cache keeps what it
    /// writes, and the attributes that prices depend on.</summary>
    /// <param name="utf8Request">The request body: one JSON object. What cannot be read of it says nothing.</param>
    /// <returns>The call with that; what was known before counts where the request is silent, and what the response states where it
    /// speaks.</returns>
    public ModelCall WithRequest(ReadOnlySpan<byte> utf8Request)
    {
        RequestFacts facts = RequestReader.Read(utf8Request);
        UsageReading reading = Reading;
        if (reading.Usage is { CacheWrite: > 0 } usage)
        {
            reading = reading with { Usage = RequestedLifetime.Apply(in usage, facts, out string? doubt) };
            UsageStatus status = reading.Status;
            string? reason = ShortfallFinder.AddDoubts(reading.Reason, doubt, null, ref status);
            reading = reading with { Status = status, Reason = reason };
        }

        return this with { RequestedModel = facts.Model ?? RequestedModel, Asked = facts.Asked.Or(Asked), Reading = reading };
    }

    /// <summary>Makes a call of counts that the application has itself.</summary>
    /// <param name="modelId">The model that answered.</param>
    /// <param name="usage">What it consumed.</param>
    /// <param name="meters">What it consumed besides tokens; <see langword="null"/> means nothing.</param>
    /// <returns>The call; add what else is known with <c>with</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> is empty.</exception>
    public static ModelCall FromUsage(string modelId, TokenUsage usage, MeteredQuantities? meters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelId);
        return new()
        {
            Reading = new UsageReading
            {
                Status = UsageStatus.Complete,
                Origin = UsageOrigin.Application,
                Model = modelId,
                Usage = usage,
                Meters = meters ?? MeteredQuantities.Empty,
            },
        };
    }

    /// <summary>Determines whether the same is known of two calls.</summary>
    /// <param name="other">The call to compare with.</param>
    /// <returns><see langword="true"/> if every property is equal.</returns>
    public bool Equals(ModelCall? other) =>
        other is not null
        && Identity == other.Identity
        && At == other.At
        && RequestedModel == other.RequestedModel
        && Asked == other.Asked
        && Reading == other.Reading;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Identity, At, RequestedModel, Asked, Reading);

    /// <summary>Shows model, status and usage in the invariant culture.</summary>
    /// <returns>Such as <c>o1: Input 400, Output 500 (Complete)</c>.</returns>
    public override string ToString() => (Reading.Model is null ? Reading with { Model = RequestedModel } : Reading).ToString();

    private static readonly JsonObject<ModelCall> Shape = new JsonObject<ModelCall>(() => new() { Reading = default })
        .Maybe("identity", JsonOf.Value<CallIdentity>(),
            value => value._identity == value.Reading.Identity ? null : value._identity,
            (owner, value) => owner with { Identity = value.GetValueOrDefault() })
        .Maybe("at", JsonOf.Instant, value => value.At, (owner, value) => owner with { At = value })
        .Optional("requestedModel", JsonOf.Text, value => value.RequestedModel, (owner, value) => owner with { RequestedModel = value })
        .Optional("asked", JsonOf.Value<CallContext>(), value => value.Asked, (owner, value) => owner with { Asked = value })
        .Required("reading", JsonOf.Value<UsageReading>(), value => value.Reading, (owner, value) => owner with { Reading = value });

    static JsonConverter<ModelCall> IJsonValue<ModelCall>.Json => Shape;
}
