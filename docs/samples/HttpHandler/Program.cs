using System.Net;
using System.Text;
using LlmCostModel;
using Microsoft.Extensions.DependencyInjection;

ServiceCollection services = new();
services.AddLlmCostModel(SampleRates.Card);

// The one registration. An SDK that takes an HttpClient takes this one: new OpenAIClientOptions { Transport = new
// HttpClientPipelineTransport(http) }, new AnthropicClient { HttpClient = http }, ...
services.AddHttpClient("deepseek", client => client.BaseAddress = new Uri("https://api.deepseek.com/"))
    .AddCostTracking()
    .ConfigurePrimaryHttpMessageHandler(() => new ScriptedServer()); // stands for the provider, so that the sample runs without a key
await using ServiceProvider provider = services.BuildServiceProvider();
using HttpClient http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("deepseek");

using CostScope scope = CostScope.Begin();
using StringContent question = new("""{"model":"deepseek-reasoner","stream":true}""", Encoding.UTF8, "application/json");
using HttpRequestMessage request = new(HttpMethod.Post, "chat/completions") { Content = question };
using (HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
{
    using StreamReader events = new(await response.Content.ReadAsStreamAsync());
    while (await events.ReadLineAsync() is { } line)
    {
        Console.WriteLine(line);
    }
}

// 400 x 0.55 + 600 x 0.14 + 500 x 2.19 = 1,399 millionths.
Console.WriteLine($"It cost {scope.Totals}.");

internal sealed class ScriptedServer : HttpMessageHandler
{
    private const string Events = """
        data: {"object":"chat.completion.chunk","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":"It is sunny."}}]}

        data: {"object":"chat.completion.chunk","model":"deepseek-reasoner","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500,"prompt_cache_hit_tokens":600,"prompt_cache_miss_tokens":400}}

        data: [DONE]


        """;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(Events, Encoding.UTF8, "text/event-stream"),
        });
}
