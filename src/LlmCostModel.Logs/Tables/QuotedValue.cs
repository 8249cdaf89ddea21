namespace LlmCostModel.Logs;

/// <summary>Takes the quotes off a value of a table.</summary>
internal static class QuotedValue
{
    /// <summary>Reads a value.</summary>
    /// <param name="raw">It as it stands.</param>
    /// <param name="delimiter">What stands between values.</param>
    /// <returns>The text; <see langword="null"/> when its quotes are not those of RFC 4180: not closed, or followed by something, or in
    /// the middle of a value and around what separates values. Quotes in the middle of a value are part of it otherwise.</returns>
    public static string? Read(ReadOnlySpan<char> raw, char delimiter)
    {
        if (!raw.Contains('"'))
        {
            return raw.ToString();
        }

        if (raw[0] != '"')
        {
            return raw.ContainsAny(delimiter, '\r', '\n') ? null : raw.ToString();
        }

        if (raw.Length < 2 || raw[^1] != '"')
        {
            return null;
        }

        ReadOnlySpan<char> inner = raw[1..^1];
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '"' && (++i == inner.Length || inner[i] != '"'))
            {
                return null;
            }
        }

        return inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}
