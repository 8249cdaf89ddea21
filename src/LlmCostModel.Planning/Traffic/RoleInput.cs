using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What a role reads.</summary>
[JsonConverter(typeof(JsonNameConverter<RoleInput>))]
public enum RoleInput
{
    /// <summary>The conversation so far and what the user said: its answer is the answer.</summary>
    Conversation,

    /// <summary>The answer of the role that it follows, and nothing of the conversation, such as an editor that carries out a
    /// plan.</summary>
    Answer,
}
