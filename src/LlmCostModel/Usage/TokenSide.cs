using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Whether tokens went into a model or came out of it.</summary>
[JsonConverter(typeof(JsonNameConverter<TokenSide>))]
public enum TokenSide
{
    /// <summary>The prompt, whether it was read from a cache, written to one or neither.</summary>
    Input,

    /// <summary>What the model produced, including what it only thought.</summary>
    Output,
}
