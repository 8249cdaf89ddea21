using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>Usage out of a 50 KB chat response with text, escapes and tool calls, against a plain walk over the tokens of the same bytes.</summary>
public class UsageReaderBenchmarks
{
    private const int Bytes = 50 * 1024;

    private readonly byte[] _body = Body();

    [Benchmark(Baseline = true, Description = "Utf8JsonReader walk")]
    public int Walk()
    {
        Utf8JsonReader reader = new(_body);
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark(Description = "UsageReader.Read, API found out")]
    public long Read() => UsageReader.Read(_body).Usage!.Value.TotalInput;

    [Benchmark(Description = "UsageReader.Read, API named")]
    public long ReadNamed() => UsageReader.Read(_body, ApiFormat.OpenAIChatCompletions).Usage!.Value.TotalInput;

    private static byte[] Body()
    {
        const string Paragraph =
            "The cost of a call is the exact sum of quantity times price.\\n\\n```csharp\\nvar cost = estimator.Estimate(\\\"o1\\\", usage);\\n```\\n";
        const string Call =
            """{"id":"call_1","type":"function","function":{"name":"search","arguments":"{\"query\":\"price of tokens\",\"limit\":5}"}},""";
        StringBuilder body = new(
            """{"id":"chatcmpl-1","object":"chat.completion","created":1738000000,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"role":"assistant","content":" """
        );
        while (body.Length < Bytes * 3 / 4)
        {
            body.Append(Paragraph);
        }

        body.Append("\",\"tool_calls\":[");
        while (body.Length < Bytes)
        {
            body.Append(Call);
        }

        body.Length--;
        body.Append("""]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500,"prompt_tokens_details":{"cached_tokens":600,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":120,"audio_tokens":0}},"service_tier":"default"}""");
        return Encoding.UTF8.GetBytes(body.ToString());
    }
}
