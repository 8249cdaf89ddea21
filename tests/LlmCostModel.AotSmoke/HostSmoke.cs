using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Stores;
using LlmCostModel.Extensions.AI;
using LlmCostModel.Extensions.AI.Evaluation;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.ML.Tokenizers;

namespace LlmCostModel.AotSmoke;

/// <summary>An application with rates in its configuration, a tracked client, a tokenizer, an evaluator, a budget in a file and a health check.</summary>
internal static class HostSmoke
{
    /// <summary>Runs the application, and returns what it found beside what it should find.</summary>
    /// <returns>Pairs of what is expected and what was found.</returns>
    public static async Task<(string Expected, string Found)[]> RunAsync()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([
            new("LlmCostModel:RateCards:own:Currency", "USD"),
            new("LlmCostModel:RateCards:own:Models:acme-1:PerMillionTokens:Input", "1"),
            new("LlmCostModel:RateCards:own:Models:acme-1:PerMillionTokens:Output", "4"),
            new("LlmCostModel:RateCards:own:Models:acme-1:Rules:0:Name", "batch"),
            new("LlmCostModel:RateCards:own:Models:acme-1:Rules:0:When:Tier", "batch"),
            new("LlmCostModel:RateCards:own:Models:acme-1:Rules:0:Multiply", "0.5"),
        ]).Build();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddLlmCostModel(configuration).AddLlmCostModel(SampleRates.Card);
        services.AddHealthChecks().AddLlmCostModel();
        services.AddChatClient(new ScriptedModel()).UseCostTracking();
        services.AddHttpClient("model").AddCostTracking().ConfigurePrimaryHttpMessageHandler(() => new ScriptedServer());
        await using ServiceProvider provider = services.BuildServiceProvider();

        ICostEstimator estimator = provider.GetRequiredService<ICostEstimator>();
        TokenUsage usage = new() { Input = 1_000, Output = 500 };
        CostEstimate batch = estimator.Estimate("acme-1", in usage, new CallContext { Tier = "batch" });
        ChatResponse response = await provider.GetRequiredService<IChatClient>().GetResponseAsync("Will it rain?");
        CostRange range = estimator.EstimateRange(
            "acme-1",
            [new ChatMessage(ChatRole.User, "hello world")],
            options => options.CountTokensWith(TiktokenTokenizer.CreateForEncoding("o200k_base")),
            new ChatOptions { MaxOutputTokens = 100 });
        using CostScope scope = CostScope.Begin();
        using (HttpClient http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("model"))
        using (StringContent question = new("""{"model":"acme-1","service_tier":"batch"}"""))
        {
            using HttpResponseMessage answer = await http.PostAsync(new Uri("https://api.example.com/v1/chat/completions"), question);
        }

        EvaluationResult evaluated = await new CostEvaluator(estimator).EvaluateAsync([], response);
        HealthReport health = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return
        [
            ("0.0015 USD", batch.Total.ToString()!), // (1,000 x 1 + 500 x 4) / 2, per million
            ("0.001399 USD (1 call)", response.GetCost()!.ToString()), // the reference call of the README
            ("0.0015 USD (1 call)", scope.Totals.ToString()), // the same batch, read as it passed
            ("2", range.CountedInputTokens.ToString()!), // one token a word
            ("0.001399 USD", evaluated.Metrics[CostEvaluator.CostMetricName].Reason!), // the same, beside quality
            ("Granted, Settled 45, Denied 55", await SpendAsync()),
            ("Healthy", health.Status.ToString()),
        ];
    }

    /// <summary>A budget of 100 in a file: 60 are held, 45 spent, and then 60 do not fit into the 55 that are left.</summary>
    private static async Task<string> SpendAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("llmcost-smoke-");
        try
        {
            ServiceCollection services = new();
            services.AddSqliteBudgetStore(Path.Combine(folder.FullName, "budgets.db"));
            await using ServiceProvider provider = services.BuildServiceProvider();
            BudgetStore store = provider.GetRequiredService<BudgetStore>();
            AccountCharge charge = new() { Account = "team", Period = AccountPeriod.Always, Amount = 60, Limit = 100 };
            ReserveReply first = await store.ReserveAsync(new ReserveCommand { Id = "1", Charges = new[] { charge }, TimeToLive = 60_000 });
            SettleReply settled = await store.SettleAsync(new SettleCommand { Id = "1", Charges = new[] { charge with { Amount = 45 } } });
            ReserveReply second = await store.ReserveAsync(new ReserveCommand { Id = "2", Charges = new[] { charge }, TimeToLive = 60_000 });
            return $"{first.Outcome}, {settled.Outcome} {second.State.Settled}, {second.Outcome} {second.State.Remaining}";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class ScriptedServer : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage
            {
                Content = new StringContent("""{"object":"chat.completion","model":"acme-1","usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500}}"""),
            };
        }
    }
}
