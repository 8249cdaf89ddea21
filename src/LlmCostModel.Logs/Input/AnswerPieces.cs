using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Gemini streams one array without <c>alt=sse</c>: its elements are pieces of one answer, whose counts grow.</summary>
internal static class AnswerPieces
{
    /// <summary>Whether an array is such an answer: pieces of Gemini with one id, of which none but the last says that it is finished.
    /// </summary>
    public static bool AreIn(JsonElement array)
    {
        int count = array.GetArrayLength();
        return count > 1
            && array.EnumerateArray().All(IsPiece)
            && array.EnumerateArray().Select(IdOf).Distinct(StringComparer.Ordinal).Count() == 1
            && !array.EnumerateArray().Take(count - 1).Any(IsFinished);
    }

    /// <summary>Whether an element goes on with the answer of the piece before it.</summary>
    public static bool Continues(JsonElement before, JsonElement next) =>
        IsPiece(next) && !IsFinished(before) && IdOf(before) == IdOf(next);

    /// <summary>Whether an element may be a piece.</summary>
    public static bool IsPiece(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && (element.TryGetProperty("candidates", out _) || element.TryGetProperty("usageMetadata", out _));

    private static string? IdOf(JsonElement piece) =>
        piece.TryGetProperty("responseId", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static bool IsFinished(JsonElement piece) =>
        piece.TryGetProperty("candidates", out JsonElement candidates)
        && candidates.ValueKind == JsonValueKind.Array
        && candidates.EnumerateArray().Any(candidate =>
            candidate.ValueKind == JsonValueKind.Object && candidate.TryGetProperty("finishReason", out _));
}
