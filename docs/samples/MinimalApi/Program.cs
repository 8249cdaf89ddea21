using System.ClientModel;
using LlmCostModel;
using LlmCostModel.Extensions.AI;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using OpenTelemetry.Metrics;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string address = builder.Configuration["urls"] ?? "http://127.0.0.1:5080";
builder.WebHost.UseUrls(address);

// Rates from appsettings.json, checked at the start; the tracking comes last, so that it is innermost.
builder.Services.AddLlmCostModel(builder.Configuration);
builder.Services.AddHealthChecks().AddLlmCostModel();
builder.Services.AddChatClient(_ => new ChatClient("gpt-4o", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(address + "/model/v1") }).AsIChatClient())
    .UseFunctionInvocation()
    .UseCostTracking(configure: options => options.MetricTags.Add("feature"));
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(MetricNames.Meter).AddPrometheusExporter());

WebApplication app = builder.Build();
app.MapPrometheusScrapingEndpoint();

app.MapHealthChecks("/health");

app.MapGet("/ask", async (string question, IChatClient chat, HttpResponse response) =>
{
    using CostScope scope = CostScope.Begin(("feature", "ask"));
    ChatResponse answer = await chat.GetResponseAsync(question);
    response.Headers["X-Llm-Cost"] = scope.Totals.ToString();
    return Results.Json(new { answer = answer.Text, cost = scope.Totals.ToString() });
});

// Stands for the model: what a provider sends, on this machine.
app.MapPost("/model/v1/chat/completions", () => Results.Text(
    """
    {"id":"chatcmpl-1","object":"chat.completion","created":1738000000,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"It is sunny."}}],
     "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920}}}
    """,
    "application/json"));

app.Run();
