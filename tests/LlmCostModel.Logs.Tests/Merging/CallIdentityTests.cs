using System.Text;
using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Logs.Tests.Merging;

/// <summary>A call counts once, whatever repeats it: the calls of made-up sessions in every format, with lines repeated, files copied, cut,
/// interleaved and re-ordered, are the same calls with the same sum.</summary>
public class CallIdentityTests
{
    public static TheoryData<string> Names => [.. SessionWriter.All.Select(writer => writer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Session_HoweverItsLinesAreRepeated_HasItsCallsOnce(string name)
    {
        SessionWriter writer = SessionWriter.All.Single(one => one.Name == name);
        Gen.Int.Sample(
            seed =>
            {
                Random random = new(seed);
                MadeCall[] first = Calls(random, writer, "aa");
                MadeCall[] second = Calls(random, writer, "bb");
                string[][] files = Disorder(random, writer, [.. writer.Lines(first)], [.. writer.Lines(second)]);

                LogRecord[] records = Merge(files);

                Assert.DoesNotContain(records, record => record.Call?.Reading.Reason is { } reason && !reason.Contains("lifetime", StringComparison.Ordinal));
                TokenUsage expected = first.Concat(second).Select(call => call.Usage).Aggregate((left, right) => left + right);
                TokenUsage actual = records.Where(record => record.Call is not null).Select(record => record.Call!.Reading.Usage!.Value)
                    .Aggregate((left, right) => left + right);
                Assert.Equal(
                    (first.Length + second.Length, expected.Input, expected.CacheRead, expected.TotalCacheWrite, expected.Output, expected.Reasoning),
                    (records.Count(record => record.Call is not null), actual.Input, actual.CacheRead, actual.TotalCacheWrite, actual.Output, actual.Reasoning));
            },
            iter: SampleSize.Of(60),
            threads: 1);
    }

    /// <summary>Whatever logs tell of a call by the id of its response, and in whichever order: its body, a gateway, a span, the caller's own
    /// record.</summary>
    [Fact]
    public void CallInSeveralLogs_CountsOnce_InAnyOrder()
    {
        string[] lines =
        [
            """{"id":"chatcmpl-1","object":"chat.completion","created":1772359200,"model":"gpt-4o-2024-08-06","usage":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050}}""",
            """{"request_id":"chatcmpl-1","call_type":"acompletion","spend":0.003,"total_tokens":1050,"prompt_tokens":1000,"completion_tokens":50,"startTime":"2026-03-01T10:00:00Z","endTime":"2026-03-01T10:00:02Z","model":"gpt-4o","custom_llm_provider":"openai","end_user":"ada","metadata":{"usage_object":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050}}}""",
            """{"id":"chatcmpl-1","model":"gpt-4o","usage":{"input":1000,"output":50}}""",
            """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t","spanId":"s","name":"chat","startTimeUnixNano":"1772359200000000000","attributes":[{"key":"gen_ai.response.id","value":{"stringValue":"chatcmpl-1"}},{"key":"gen_ai.response.model","value":{"stringValue":"gpt-4o-2024-08-06"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"50"}}]}]}]}]}""",
        ];
        for (int seed = 0; seed < 24; seed++)
        {
            LogRecord record = Assert.Single(Merge([.. Shuffled(new Random(seed), [.. lines]).Select(line => new[] { line })]));

            Assert.Equal((1000, 50), (record.Call!.Reading.Usage!.Value.TotalInput, record.Call.Reading.Usage.Value.TotalOutput));
        }
    }

    private static LogRecord[] Merge(string[][] files)
    {
        LogReader reader = new();
        CallMerger merger = new();
        List<LogRecord> records = [];
        foreach ((int number, string[] lines) in files.Index())
        {
            records.AddRange(reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), $"{number}").Where(merger.Add));
        }

        return [.. records, .. merger.Finish()];
    }

    private static MadeCall[] Calls(Random random, SessionWriter writer, string session)
    {
        DateTimeOffset at = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        return
        [
            .. Enumerable.Range(0, random.Next(1, 6)).Select(number => new MadeCall(
                session,
                number,
                at += TimeSpan.FromMilliseconds(random.Next(1_000, 100_000)),
                random.Next(1, 5_000),
                writer.HasReads ? random.Next(0, 3) * random.Next(0, 1_000) : 0,
                writer.HasWrites ? random.Next(0, 1_000) : 0,
                random.Next(1, 1_000),
                writer.HasReasoning ? random.Next(0, 500) : 0)),
        ];
    }

    /// <summary>Every line of both sessions is there at least once.</summary>
    private static string[][] Disorder(Random random, SessionWriter writer, string[] first, string[] second)
    {
        List<string[]> files = writer.IsOrdered ? [Repeated(random, writer, first), Repeated(random, writer, second)]
            : [Shuffled(random, Repeated(random, writer, [.. first, .. second]))];
        for (int i = random.Next(0, 3); i > 0; i--)
        {
            string[] file = random.Next(2) == 0 ? first : second;
            file = random.Next(2) == 0 ? file : file[..random.Next(1, file.Length + 1)];
            if (random.Next(2) == 0 && file.Length > 1)
            {
                file = [.. file[..^1], file[^1][..(file[^1].Length / 2)]]; // cut in the middle of a line
            }

            files.Insert(random.Next(files.Count + 1), file);
        }

        return [.. files];
    }

    private static string[] Repeated(Random random, SessionWriter writer, string[] lines) => writer.Name is "cursor" or "csv" && random.Next(2) == 0
        ? [lines[0], .. lines[1..].SelectMany(line => Enumerable.Repeat(line, random.Next(1, 3)))]
        : writer.Name is "cursor" or "csv" ? lines
        : [.. lines.SelectMany(line => Enumerable.Repeat(line, random.Next(1, 3)))];

    private static string[] Shuffled(Random random, string[] lines)
    {
        random.Shuffle(lines);
        return lines;
    }
}
