using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>A call through an <see cref="HttpClient"/> that answers at once with 50 KB, bare and watched, as JSON and as events; beside them a plain walk
/// over the tokens of the same bytes, which is what reading them costs at least.</summary>
public class HttpHandlerBenchmarks
{
    private static readonly Uri Address = new("https://api.openai.com/v1/chat/completions");

    private readonly byte[] _json = Json();
    private readonly byte[] _events = Events();
    private readonly byte[] _request = Encoding.UTF8.GetBytes($$$"""{"model":"{{{SampleRates.Id(7)}}}","messages":[{"role":"user","content":"Hello?"}]}""");
    private readonly byte[][] _pieces = Pieces();
    private readonly byte[] _buffer = new byte[8 * 1024];
    private HttpMessageInvoker _bare = null!;
    private HttpMessageInvoker _watched = null!;

    [GlobalSetup]
    public void SetUp()
    {
        CostEstimator estimator = new(RateCardJson.Parse(SampleRates.CardJson(100), "bench.json"));
        _bare = new HttpMessageInvoker(new NoOpServer());
        _watched = new HttpMessageInvoker(new CostTrackingHandler(new NoOpServer(), estimator));
    }

    [Benchmark(Baseline = true, Description = "JSON, walk over its tokens")]
    public int Walk() => Walk(_json);

    [Benchmark(Description = "JSON, no handler")]
    public long BareJson() => Call(_bare, _json, "application/json");

    [Benchmark(Description = "JSON, CostTrackingHandler")]
    public long WatchedJson() => Call(_watched, _json, "application/json");

    [Benchmark(Description = "events, walk over their tokens")]
    public int WalkEvents() => _pieces.Sum(Walk);

    [Benchmark(Description = "JSON, UsageReader alone")]
    public bool ReadJson() => UsageReader.TryRead(_json, out _, out _);

    [Benchmark(Description = "events, UsageReader alone")]
    public UsageStatus ReadEvents() => UsageReader.ReadStream(_events).Status;

    [Benchmark(Description = "events, no handler")]
    public long BareEvents() => Call(_bare, _events, "text/event-stream");

    [Benchmark(Description = "events, CostTrackingHandler")]
    public long WatchedEvents() => Call(_watched, _events, "text/event-stream");

    private static int Walk(byte[] json)
    {
        Utf8JsonReader reader = new(json);
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    private long Call(HttpMessageInvoker client, byte[] body, string type)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address) { Content = new ByteArrayContent(_request) };
        (NoOpServer.Body, NoOpServer.Type) = (body, type);
        using HttpResponseMessage response = client.Send(request, default);
        using Stream stream = response.Content.ReadAsStream();
        long read = 0;
        while (stream.Read(_buffer) is > 0 and var count)
        {
            read += count;
        }

        return read;
    }

    private static byte[] Json()
    {
        string text = string.Concat(Enumerable.Repeat("The cost of a call is quantity times price. \\n\\n", 10));
        string choices = string.Join(',', Enumerable.Range(0, 100).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"index":{{{i}}},"message":{"role":"assistant","content":"{{{text}}}","refusal":null},"finish_reason":"stop"}""")));
        return Encoding.UTF8.GetBytes(
            $$$"""{"id":"chatcmpl-1","object":"chat.completion","model":"{{{SampleRates.Id(7)}}}","choices":[{{{choices}}}],"usage":{{{Usage}}}}""");
    }

    private const string Usage = """{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}""";

    private static byte[][] Pieces() =>
    [
        .. Enumerable.Repeat(
            Encoding.UTF8.GetBytes($$$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","model":"{{{SampleRates.Id(7)}}}","choices":[{"index":0,"delta":{"content":" price"}}]}"""), 350),
        Encoding.UTF8.GetBytes($$$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","model":"{{{SampleRates.Id(7)}}}","choices":[],"usage":{{{Usage}}}}"""),
    ];

    private static byte[] Events() =>
        [.. Pieces().SelectMany(piece => (byte[])[.. "data: "u8, .. piece, .. "\n\n"u8]), .. "data: [DONE]\n\n"u8];

    /// <summary>Takes a request, and answers at once.</summary>
    private sealed class NoOpServer : HttpMessageHandler
    {
        internal static byte[] Body { get; set; } = [];

        internal static string Type { get; set; } = "";

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content!.CopyTo(Stream.Null, null, cancellationToken);
            StreamContent content = new(new MemoryStream(Body, writable: false));
            content.Headers.ContentType = new MediaTypeHeaderValue(Type);
            return new HttpResponseMessage { Content = content };
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
