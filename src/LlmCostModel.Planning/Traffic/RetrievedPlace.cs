using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>Where retrieved text stands in a prompt, which decides how much of the prompt a cache finds again.</summary>
[JsonConverter(typeof(JsonNameConverter<RetrievedPlace>))]
public enum RetrievedPlace
{
    /// <summary>Behind the conversation so far, and left out of it in the next turn: only what is before it is found again.</summary>
    AfterHistory,

    /// <summary>Before the conversation, beside the system prompt: new text there makes everything behind it new to a cache.</summary>
    BeforeHistory,

    /// <summary>Behind the conversation, and kept as a part of it: prompts grow, and all of it is found again.</summary>
    Kept,
}
