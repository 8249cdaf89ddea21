using System.Text;

namespace LlmCostModel.Logs;

/// <summary>The names of what is charged, in the forms that FOCUS asks for.</summary>
internal static class FocusWords
{
    /// <summary>Units of time, which FOCUS wants as they are, or behind another unit.</summary>
    private static readonly HashSet<string> Times = new(StringComparer.Ordinal) { "Second", "Minute", "Hour", "Month" };

    /// <summary>What is kept or used for a time, so that the unit is both.</summary>
    private static readonly Dictionary<string, string> Kept = new(StringComparer.Ordinal)
    {
        ["Token"] = "Token",
        ["Gigabyte"] = "GB",
        ["Vcpu"] = "Core",
        ["Record"] = "Record",
    };

    /// <summary>The meter of a line: <c>Cache Read Input Tokens</c>, <c>Web Search</c>.</summary>
    public static string MeterOf(ReceiptLine line)
    {
        if (line.Bucket is not { } bucket)
        {
            return string.Join(' ', Split(line.Name).Select(Upper));
        }

        TokenBucketInfo row = TokenBuckets.Get(bucket);
        string[] words =
        [
            .. row.CacheRole == CacheRole.None ? [] : (string[])[$"Cache {row.CacheRole}"],
            .. row.Modality == TokenModality.Text ? [] : (string[])[$"{row.Modality}"],
            .. bucket == TokenBucket.Reasoning ? (string[])["Reasoning"] : [],
            $"{row.Side} Tokens",
            .. row.TimeToLive is null ? [] : (string[])[$"({Split(row.Name)[^1]})"],
        ];
        return string.Join(' ', words);
    }

    /// <summary>A name in lower case and with hyphens: <c>cache-read</c>, <c>long-context</c>.</summary>
    public static string SlugOf(string name)
    {
        StringBuilder slug = new();
        foreach (string word in Split(name))
        {
            slug.Append(slug.Length == 0 ? "" : "-").Append(word.ToLowerInvariant());
        }

        return slug.ToString();
    }

    /// <summary>The unit of so much as a line counts, in the plural: <c>Tokens</c>, <c>Searches</c>, <c>Token-Seconds</c>.</summary>
    public static string UnitsOf(string unit)
    {
        string[] words = Split(unit);
        string last = words.Length == 0 ? "Unit" : Upper(words[^1]);
        string before = Times.Contains(last) && words.Length > 1 && Kept.TryGetValue(Upper(words[^2]), out string? kept) ? kept + "-" : "";
        return before + Plural(last == "Call" ? "Request" : last);
    }

    /// <summary>The words of a name: <c>CacheWrite5m</c> and <c>cache write 5m</c> are three.</summary>
    private static string[] Split(string name)
    {
        StringBuilder spaced = new();
        foreach (char letter in name)
        {
            char before = spaced.Length == 0 ? ' ' : spaced[^1];
            bool begins = (char.IsUpper(letter) && !char.IsUpper(before)) || (char.IsDigit(letter) && char.IsLower(before));
            spaced.Append(begins ? " " : "").Append(char.IsLetterOrDigit(letter) || letter == '.' ? letter : ' ');
        }

        return spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Upper(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Plural(string noun) =>
        noun.EndsWith('y') && noun.Length > 1 && !"aeiou".Contains(noun[^2], StringComparison.Ordinal) ? noun[..^1] + "ies"
        : noun.EndsWith('s') || noun.EndsWith('x') || noun.EndsWith("ch", StringComparison.Ordinal) ? noun + "es"
        : noun + "s";
}
