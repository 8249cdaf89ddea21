using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a part of a call is for.</summary>
[JsonConverter(typeof(JsonNameConverter<CallRole>))]
public enum CallRole
{
    /// <summary>The call itself: the model that answered.</summary>
    Main,

    /// <summary>Another model that the answering one asked for advice (Anthropic's advisor tool).</summary>
    Advisor,

    /// <summary>A summary of the conversation that the provider made before the answer
    /// (https://platform.claude.com/docs/en/build-with-claude/compaction).</summary>
    Compaction,

    /// <summary>An answer that was stopped before another model took over; billed where it had produced output.</summary>
    DeclinedAttempt,

    /// <summary>The transcription of spoken input by a model of its own.</summary>
    Transcription,

    /// <summary>What another model consumed, where a response sums the calls of several.</summary>
    OtherModel,

    /// <summary>One of the calls that a library made before the last, to give one answer.</summary>
    Step,
}
