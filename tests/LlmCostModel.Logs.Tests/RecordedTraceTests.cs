using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LlmCostModel.Catalog;
using LlmCostModel.TestData;

namespace LlmCostModel.Logs.Tests;

/// <summary>Real traces, priced from end to end, are what a sum says that knows nothing of the library.</summary>
public class RecordedTraceTests
{
    private const string Sessions = "traces/claude_code_session_usage_dev.jsonl.gz";

    /// <summary>USD per million of input, cache read, write for an hour, write for 5 minutes, output: https://www.anthropic.com/pricing,
    /// February 2026.</summary>
    private static readonly Dictionary<string, decimal[]> Prices = new()
    {
        ["claude-opus-4-6"] = [5m, 0.5m, 10m, 6.25m, 25m],
        ["claude-sonnet-4-5-20250929"] = [3m, 0.3m, 6m, 3.75m, 15m],
        ["claude-haiku-4-5-20251001"] = [1m, 0.1m, 2m, 1.25m, 5m],
    };

    /// <summary>Five sessions of Claude Code: 696 lines of 336 messages, each thread in a file of its own, and all of them once more as a copy
    /// that was cut off.</summary>
    [SharedDataFact]
    public void SessionsOfClaudeCode_CostWhatTheirMessagesDo()
    {
        Dictionary<string, List<string>> files = [];
        Dictionary<string, (decimal Cost, decimal Output)> messages = [];
        foreach (string text in SharedData.ReadLines(Sessions))
        {
            JsonNode line = JsonNode.Parse(text)!;
            string id = $"{line["session"]}-{line["thread"]}-{line["message"]}";
            string file = $"{line["session"]}/{line["thread"]}.jsonl";
            (files.TryGetValue(file, out List<string>? lines) ? lines : files[file] = []).Add(Transcript(line, id));
            decimal output = (decimal)line["usage"]!["output_tokens"]!;
            if (!messages.TryGetValue(id, out (decimal Cost, decimal Output) known) || output >= known.Output)
            {
                messages[id] = (CostOf(line), output);
            }
        }

        string[] copy = [.. files.Values.SelectMany(lines => lines)];
        files["copy.jsonl"] = [.. copy[..500], copy[500][..80]];

        (LogSummary summary, CallMerger merger, int rejected) = Sum(files);

        Assert.Equal((336, 1), (messages.Count, rejected));
        Assert.Equal(messages.Values.Sum(message => message.Cost), Assert.Single(summary.Totals).Total.Amount);
        Assert.True(summary.Totals[0].IsComplete);
        Assert.Equal((336, 696 + 500 - 336), (summary.Groups.Sum(group => group.Calls), merger.Merged));
    }

    /// <summary>Azure's day of code completions: rows without ids and models, at 2.50 and 10 USD per million.</summary>
    [SharedDataFact]
    public void RowsOfAzure_CostWhatTheirTokensDo()
    {
        LogReaderOptions options = new() { Model = "code" };
        foreach ((string field, string column) in (ReadOnlySpan<(string, string)>)[("at", "TIMESTAMP"), ("input", "ContextTokens"), ("output", "GeneratedTokens")])
        {
            options.Map.Add(field, column);
        }

        CostEstimator estimator = new(RateCardJson.Parse("""{ "Name": "own", "Currency": "USD", "Models": { "code": { "PerMillionTokens": { "Input": 2.5, "Output": 10 } } } }""", "own"));
        LogSummary summary = new([SummaryKey.Find("hour")!]);
        CallMerger merger = new();
        string table = string.Join('\n', SharedData.ReadLines("traces/azure_llm_2023_code.csv.gz"));
        foreach (LogRecord record in TextLog.Read(table, options).Where(merger.Add))
        {
            summary.Add(record, estimator.Price(record.Call!));
        }

        decimal expected = table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(','))
            .Sum(row => ((long.Parse(row[1], CultureInfo.InvariantCulture) * 2.5m) + (long.Parse(row[2], CultureInfo.InvariantCulture) * 10m)) / 1_000_000);
        Assert.Equal(expected, Assert.Single(summary.Totals).Total.Amount);
        Assert.Equal((8819, 0), (summary.Groups.Sum(group => group.Calls), merger.Merged));
        Assert.Equal(["2023-11-16T18:00", "2023-11-16T19:00"], summary.Groups.Select(group => group.Key[0].Value));
    }

    private static (LogSummary Summary, CallMerger Merger, int Rejected) Sum(Dictionary<string, List<string>> files)
    {
        CostEstimator estimator = BuiltInCatalog.CreateEstimator();
        LogSummary summary = new([SummaryKey.Find("model")!, SummaryKey.Find("session")!]);
        LogReader reader = new();
        CallMerger merger = new();
        List<LogRecord> records = [];
        foreach ((string name, List<string> lines) in files)
        {
            records.AddRange(reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), name).Where(merger.Add));
        }

        records.AddRange(merger.Finish());
        foreach (LogRecord record in records.Where(record => record.Call is not null))
        {
            summary.Add(record, estimator.Price(record.Call!));
        }

        return (summary, merger, records.Count(record => record.Call is null));
    }

    /// <summary>The line as the tool writes it, of what the trace has left.</summary>
    private static string Transcript(JsonNode line, string id) => new JsonObject
    {
        ["type"] = "assistant",
        ["sessionId"] = (string)line["session"]!,
        ["isSidechain"] = (string)line["thread"]! != "main",
        ["requestId"] = $"req_{id}",
        ["timestamp"] = DateTime.Parse((string)line["session_date"]!, CultureInfo.InvariantCulture).AddHours(9).AddSeconds((double)line["t"]!)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["message"] = new JsonObject
        {
            ["id"] = $"msg_{id}",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = (string)line["model"]!,
            ["usage"] = line["usage"]!.DeepClone(),
        },
    }.ToJsonString();

    private static decimal CostOf(JsonNode line)
    {
        JsonNode usage = line["usage"]!;
        decimal[] prices = Prices[(string)line["model"]!];
        decimal hour = (decimal)usage["cache_creation"]!["ephemeral_1h_input_tokens"]!;
        decimal minutes = (decimal)usage["cache_creation"]!["ephemeral_5m_input_tokens"]!;
        Assert.Equal((decimal)usage["cache_creation_input_tokens"]!, hour + minutes);
        return (((decimal)usage["input_tokens"]! * prices[0]) + ((decimal)usage["cache_read_input_tokens"]! * prices[1])
            + (hour * prices[2]) + (minutes * prices[3]) + ((decimal)usage["output_tokens"]! * prices[4])) / 1_000_000;
    }
}
