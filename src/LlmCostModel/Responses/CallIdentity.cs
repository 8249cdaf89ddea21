using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What makes a call one call, however often it is logged, polled or replayed. Ids are as the provider writes them.</summary>
/// <remarks><see langword="default"/> is a call without ids.</remarks>
[JsonConverter(typeof(JsonValueConverter<CallIdentity>))]
public readonly record struct CallIdentity : IJsonValue<CallIdentity>
{
    /// <summary>Gets the id of the response or message, such as <c>chatcmpl-...</c>, <c>resp_...</c> or <c>msg_...</c>; <see
    /// langword="null"/> when it has none.</summary>
    public string? ResponseId { get; init; }

    /// <summary>Gets the id that the provider gave the request; <see langword="null"/> when it is not stated.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the caller's own id of the request in a batch (<c>custom_id</c>); <see langword="null"/> outside of one.</summary>
    public string? BatchItemId { get; init; }

    /// <summary>Gets the first of these ids that is there; <see langword="null"/> when none is.</summary>
    public string? Id => ResponseId ?? BatchItemId ?? RequestId;

    /// <summary>Returns this identity with ids of another one where it has none.</summary>
    /// <param name="other">The other identity.</param>
    /// <returns>The ids of both; this one's count first.</returns>
    public CallIdentity Or(in CallIdentity other) => new()
    {
        ResponseId = ResponseId ?? other.ResponseId,
        RequestId = RequestId ?? other.RequestId,
        BatchItemId = BatchItemId ?? other.BatchItemId,
    };

    /// <summary>Shows the first id that is there.</summary>
    /// <returns>Such as <c>chatcmpl-1</c>; <c>no id</c> when there is none.</returns>
    public override string ToString() => Id ?? "no id";

    private static readonly JsonObject<CallIdentity> Shape = new JsonObject<CallIdentity>(() => default)
        .Optional("responseId", JsonOf.Text, value => value.ResponseId, (owner, value) => owner with { ResponseId = value })
        .Optional("requestId", JsonOf.Text, value => value.RequestId, (owner, value) => owner with { RequestId = value })
        .Optional("batchItemId", JsonOf.Text, value => value.BatchItemId, (owner, value) => owner with { BatchItemId = value });

    static JsonConverter<CallIdentity> IJsonValue<CallIdentity>.Json => Shape;
}
