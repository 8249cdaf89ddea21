using System.Text;
using LlmCostModel.Budgets;

namespace LlmCostModel.Extensions.Http.Tests.Budgets;

/// <summary>A client with one budget of all calls, and what it was asked and told.</summary>
internal sealed class BudgetedClient : IDisposable
{
    private readonly BudgetLedger _ledger;

    internal BudgetedClient(HttpMessageHandler inner, decimal limit, ICostEstimator? estimator = null, Action<HttpBudgetOptions>? configure = null)
    {
        BudgetsOptions options = new();
        options.Budgets["all"] = new() { Limit = limit, Currency = "USD", Window = BudgetWindow.Total };
        _ledger = new(new InMemoryBudgetStore(), options);
        Client = new HttpClient(new BudgetHandler(new CostTrackingHandler(inner, estimator ?? Rates.Estimator), _ledger, asked =>
        {
            configure?.Invoke(asked);
            asked.ChangeRequest = (request, _) =>
            {
                Asked.Add(request);
                return request;
            };
            asked.OnSettled = (_, settled) => Settled.Add(settled);
        }));
    }

    internal HttpClient Client { get; }

    internal List<BudgetRequest> Asked { get; } = [];

    internal List<BudgetSettlement> Settled { get; } = [];

    internal async Task<(decimal Spent, decimal Held)> StatusAsync()
    {
        BudgetStatus status = Assert.Single(await _ledger.GetStatusAsync(new Dictionary<string, string>()));
        return (status.Spent, status.Held);
    }

    internal async Task<HttpResponseMessage> PostAsync(string body, string address = Tracked.Chat)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        return await Client.PostAsync(address, content);
    }

    public void Dispose() => Client.Dispose();
}
