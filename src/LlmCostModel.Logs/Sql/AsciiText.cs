namespace LlmCostModel.Logs;

/// <summary>Letters as SQL lowers them: those of ASCII and no others, so that no engine and no locale takes two names for one.</summary>
internal static class AsciiText
{
    internal static string ToLower(string text) =>
        string.Create(text.Length, text, (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
            }
        });
}
