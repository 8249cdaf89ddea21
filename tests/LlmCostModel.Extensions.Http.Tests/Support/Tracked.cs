using System.Text;
using LlmCostModel.Extensions.AI.Tests;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>A client whose calls are tracked, and who was told of them.</summary>
internal sealed class Tracked : IDisposable
{
    internal const string Chat = "https://api.openai.com/v1/chat/completions";

    private readonly Ledger _ledger = new();

    internal Tracked(HttpMessageHandler inner, ICostEstimator? estimator = null, Action<CostTrackingOptions>? configure = null)
    {
        Handler = new CostTrackingHandler(inner, estimator ?? Rates.Estimator, options =>
        {
            options.Observers.Add(_ledger);
            configure?.Invoke(options);
        });
        Client = new HttpClient(Handler);
    }

    internal Tracked(string body, ICostEstimator? estimator = null)
        : this(new ScriptedHandler(_ => ScriptedHandler.Json(body)), estimator)
    {
    }

    internal CostTrackingHandler Handler { get; }

    internal HttpClient Client { get; }

    internal CallCost[] Costs => _ledger.Costs;

    internal async Task<CallCost> PostAsync(string address = Chat, string body = """{"model":"gpt-test"}""")
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync(address, content);
        return Assert.Single(Costs);
    }

    public void Dispose() => Client.Dispose();
}
