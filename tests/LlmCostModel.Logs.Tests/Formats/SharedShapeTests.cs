using LlmCostModel.TestData;

namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>Files as people have them, which are not part of the repository: read to counts worked out by hand, or refused once.</summary>
public class SharedShapeTests
{
    private const string Folder = "field-cases/file-shapes";

    /// <summary>Fresh input, read from the cache, written to it, output and reasoning of all calls, and how many there are.</summary>
    [SharedDataTheory]
    [InlineData("litellm-spend-logs.json", "litellm", 2, 23, 1792, 0, 400, 0)]
    [InlineData("litellm-spend-logs.csv", "litellm", 1, 1815, 0, 0, 400, 0)]
    [InlineData("openrouter-activity.csv", "openrouter", 1, 23, 1792, 0, 400, 0)]
    [InlineData("openrouter-generation.json", "openrouter", 1, 23, 1792, 0, 400, 0)]
    [InlineData("langfuse-observations.json", "langfuse", 1, 23, 1792, 0, 400, 0)]
    [InlineData("gemini-cli-session.json", "gemini-cli", 1, 2000, 6000, 0, 50, 120)]
    [InlineData("opencode-message.json", "opencode", 1, 5, 1000, 4735, 255, 0)]
    [InlineData("bedrock-invocation-converse.json", "bedrock-log", 1, 4, 0, 0, 38, 0)]
    [InlineData("openai-usage.json", "openai-usage", 2, 100_023, 1792, 0, 50_400, 0)]
    [InlineData("anthropic-usage.json", "anthropic-usage", 1, 1500, 200, 1500, 500, 0)]
    public void File_IsReadByItsFormat(string file, string format, int calls, long input, long read, long written, long output, long reasoning)
    {
        LogRecord[] records = Read($"{Folder}/{file}");

        Assert.All(records, record => Assert.Equal((format, null), (record.Format, record.Fault)));
        Assert.Equal(calls, records.Length);
        TokenUsage sum = records.Select(record => record.Call!.Reading.Usage ?? default).Aggregate((left, right) => left + right);
        Assert.Equal(
            (input, read, written, output, reasoning),
            (sum.FreshInput, sum.TotalCacheRead, sum.TotalCacheWrite, sum.Output, sum.Reasoning));
    }

    [SharedDataTheory]
    [InlineData($"{Folder}/openai-costs.json", "This is a cost report of OpenAI, ")]
    [InlineData("field-cases/84-csv-exports/azure.csv", "This is a cost report of Azure, ")]
    public void CostReport_IsRefusedOnce(string file, string fault) =>
        Assert.StartsWith(fault, Assert.Single(Read(file)).Fault, StringComparison.Ordinal);

    [SharedDataTheory]
    [InlineData("field-cases/84-csv-exports/cursor.csv", "cursor", 2)]
    [InlineData("field-cases/84-csv-exports/litellm.csv", "litellm", 1)]
    [InlineData("field-cases/84-csv-exports/openrouter.csv", "openrouter", 1)]
    [InlineData("field-cases/35-gemini-cli-session/session.jsonl", "gemini-cli", 1)]
    public void Case_IsReadByItsFormat(string file, string format, int calls)
    {
        LogRecord[] records = Read(file);

        Assert.Equal(calls, records.Length);
        Assert.All(records, record => Assert.Equal((format, null), (record.Format, record.Fault)));
    }

    /// <summary>Of the others, none is taken for what it is not.</summary>
    [SharedDataFact]
    public void OtherFiles_AreNotTaken()
    {
        string[] formats = ["litellm", "openrouter", "langfuse", "helicone", "portkey", "langsmith", "gemini-cli", "opencode", "pi", "bedrock-log", "openai-usage", "anthropic-usage", "cursor", "cost-report"];
        string[] own = ["litellm", "openrouter", "langfuse", "gemini-cli", "opencode", "bedrock-invocation", "openai-usage", "openai-costs", "anthropic-usage"];
        string[] others =
        [
            .. Directory.GetFiles(SharedData.PathOf(Folder)).Where(path => !own.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal))),
        ];

        Assert.NotEmpty(others);
        Assert.All(others, path =>
            Assert.DoesNotContain(new LogReader().Read(File.OpenRead(path), path), record => formats.Contains(record.Format)));
    }

    private static LogRecord[] Read(string file) => [.. new LogReader().Read(File.OpenRead(SharedData.PathOf(file)), file)];
}
