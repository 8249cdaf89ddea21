namespace LlmCostModel.Logs;

/// <summary>How the names of logs end.</summary>
internal static class LogEndings
{
    private static readonly string[] Logs = [".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".log", ".sse", ".parquet"];

    private static readonly string[] Packed = [".gz", ".zst", ".br"];

    /// <summary>All of them, unpacked.</summary>
    public static IReadOnlyList<string> All => Logs;

    /// <summary>Whether a file is a log by its name: <c>calls.jsonl</c>, <c>calls.csv.gz</c>.</summary>
    public static bool IsLog(string name)
    {
        string ending = Path.GetExtension(name);
        ending = Has(Packed, ending) ? Path.GetExtension(Path.GetFileNameWithoutExtension(name)) : ending;
        return Has(Logs, ending);
    }

    private static bool Has(string[] endings, string ending) => endings.Contains(ending, StringComparer.OrdinalIgnoreCase);
}
