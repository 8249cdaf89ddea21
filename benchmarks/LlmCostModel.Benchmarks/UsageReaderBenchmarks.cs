using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>Usage out of chat responses of 50 KB, no two alike (choices, paragraphs with escapes, tool calls, log probabilities), against a plain
/// walk over the tokens of the same bytes.</summary>
public class UsageReaderBenchmarks
{
    private const int Bytes = 50 * 1024;
    private const int Bodies = 16;

    private readonly byte[][] _bodies = [.. Enumerable.Range(0, Bodies).Select(seed => Body(new Random(seed)))];
    private int _next;

    [Benchmark(Baseline = true, Description = "Utf8JsonReader walk")]
    public int Walk()
    {
        Utf8JsonReader reader = new(Next());
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark(Description = "UsageReader.Read, API found out")]
    public long Read() => UsageReader.Read(Next()).Usage!.Value.TotalInput;

    [Benchmark(Description = "UsageReader.Read, API named")]
    public long ReadNamed() => UsageReader.Read(Next(), ApiFormat.OpenAIChatCompletions).Usage!.Value.TotalInput;

    private byte[] Next() => _bodies[_next++ & (Bodies - 1)];

    private static byte[] Body(Random random)
    {
        StringBuilder body = new("""{"id":"chatcmpl-1","object":"chat.completion","created":1738000000,"model":"gpt-4o-2024-08-06","choices":[""");
        for (int choice = 0; body.Length < Bytes; choice++)
        {
            body.Append(CultureInfo.InvariantCulture, $$"""{"index":{{choice}},"message":{"role":"assistant","content":"{{Text(random, 20)}}","tool_calls":[""");
            AppendMany(body, random.Next(8), () =>
                $$$"""{"id":"call_{{{random.Next()}}}","type":"function","function":{"name":"search","arguments":"{\"query\":\"{{{Text(random, 1)}}}\"}"}}""");
            body.Append("""],"refusal":null},"logprobs":{"content":[""");
            AppendMany(body, random.Next(60), () => $$"""{"token":"a","logprob":-0.{{random.Next(1_000_000)}},"bytes":[97],"top_logprobs":[]}""");
            body.Append("""]},"finish_reason":"stop"},""");
        }

        body.Length--;
        int input = random.Next(1_000, 100_000);
        int output = random.Next(200, 10_000);
        body.Append(
            CultureInfo.InvariantCulture,
            $$$"""],"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input + output}}},"prompt_tokens_details":{"cached_tokens":{{{input / 2}}},"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":{{{output / 4}}},"audio_tokens":0}},"service_tier":"default"}""");
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    private static string Text(Random random, int sentences)
    {
        string[] words = ["the", "cost", "of", "a", "call", "is", "quantity", "times", "price", "\\n\\n", "größer", "\\u00e9t\\u00e9", "tokens", "`cache`"];
        return string.Join(". ", Enumerable.Range(0, sentences).Select(_ => string.Join(' ', random.GetItems(words, random.Next(4, 30)))));
    }

    private static void AppendMany(StringBuilder body, int count, Func<string> make) => body.AppendJoin(',', Enumerable.Range(0, count).Select(_ => make()));
}
