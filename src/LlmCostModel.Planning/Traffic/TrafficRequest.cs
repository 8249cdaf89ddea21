using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A request of a conversation.</summary>
[JsonConverter(typeof(JsonValueConverter<TrafficRequest>))]
public sealed record TrafficRequest : IJsonValue<TrafficRequest>
{
    /// <summary>Gets the role that sends it.</summary>
    public required string Role { get; init; }

    /// <summary>Gets the number of the conversation, from 0 in the order of their first requests.</summary>
    public required long Conversation { get; init; }

    /// <summary>Gets the turn, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>Gets the request.</summary>
    public required PromptRequest Request { get; init; }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<TrafficRequest> Shape = new JsonObject<TrafficRequest>(
        () => new() { Role = "", Conversation = 0, Turn = 1, Request = new PromptRequest { At = default, Prompt = [] } })
        .Required("role", JsonOf.Text, value => value.Role, (owner, value) => owner with { Role = value })
        .Required("conversation", JsonOf.Int64, value => value.Conversation, (owner, value) => owner with { Conversation = value })
        .Required("turn", JsonOf.Int32, value => value.Turn, (owner, value) => owner with { Turn = value })
        .Required("request", JsonOf.Value<PromptRequest>(), value => value.Request, (owner, value) => owner with { Request = value });

    static JsonConverter<TrafficRequest> IJsonValue<TrafficRequest>.Json => Shape;
}
