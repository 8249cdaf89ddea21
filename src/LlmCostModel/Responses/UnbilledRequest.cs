namespace LlmCostModel;

/// <summary>Finds requests that failed without an answer, which providers do not bill, and says why they did.</summary>
/// <remarks>
/// Only lines of batch files, which stand for a request each. OpenAI bills completed requests
/// (https://platform.openai.com/docs/guides/batch, and its staff of a 504: https://community.openai.com/t/1385608); Anthropic bills no
/// errored, canceled or expired ones (https://platform.claude.com/docs/en/build-with-claude/batch-processing); Google and AWS put an error
/// in the place of the response (https://ai.google.dev/gemini-api/docs/batch-api,
/// https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html). Read 2026-11-26.
/// </remarks>
internal static class UnbilledRequest
{
    /// <summary>The model of the answers that Claude Code makes up itself, such as for an error of the API.</summary>
    private const string Synthetic = "<synthetic>";

    /// <summary>Whether the body is a line of a file of batch results.</summary>
    internal static bool IsBatchLine(in RawUsage raw) =>
        raw.Has(ApiEvidence.Batch) || (raw.Has(ApiEvidence.Key) && raw.Has(ApiEvidence.Gemini | ApiEvidence.Error));

    /// <summary>Why nothing was billed; <see langword="null"/> when something may have been.</summary>
    /// <param name="raw">What the body states.</param>
    /// <param name="hasCounts">Whether it states what was consumed.</param>
    internal static string? Find(in RawUsage raw, bool hasCounts)
    {
        if (raw.Model == Synthetic)
        {
            return "The client made this answer itself: no model was called, and nothing is billed.";
        }

        // A batch that ended so may have answers all the same.
        if (hasCounts || !IsBatchLine(in raw) || raw.Calls > 0)
        {
            return null;
        }

        if (raw.Calls == 0 && raw.Has(ApiEvidence.Finished))
        {
            return "No request of the batch was answered, and nothing is billed.";
        }

        string? why = raw.Failure
            ?? (raw.HttpStatus >= 400 ? $"HTTP {raw.HttpStatus}" : raw.Has(ApiEvidence.Error) ? "error" : raw.StatusText);
        return why is null ? null
            : $"The request failed ({why}{(raw.ErrorCode is null ? "" : $": {raw.ErrorCode}")}): it has no answer, and is not billed.";
    }
}
