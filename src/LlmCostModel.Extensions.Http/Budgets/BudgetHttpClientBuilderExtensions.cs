using LlmCostModel.Budgets;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel;

/// <summary>Stops model calls of a named or typed <see cref="HttpClient"/> that a budget does not allow.</summary>
public static class BudgetHttpClientBuilderExtensions
{
    /// <summary>Adds a <see cref="BudgetHandler"/>. Call it before <c>AddCostTracking</c>, which prices the calls; inside of what retries,
    /// it asks for every attempt.</summary>
    /// <param name="builder">The builder: <c>services.AddHttpClient("openai").AddBudget().AddCostTracking()</c>.</param>
    /// <param name="ledger">The budgets; <see langword="null"/> takes the registered <see cref="BudgetLedger"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the client is made: there is no ledger. When a call is sent: nothing inside prices
    /// it.</exception>
    public static IHttpClientBuilder AddBudget(
        this IHttpClientBuilder builder, BudgetLedger? ledger = null, Action<HttpBudgetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddHttpMessageHandler(services => new BudgetHandler(
            ledger ?? services.GetService<BudgetLedger>() ?? throw new InvalidOperationException(
                "No BudgetLedger. Call services.AddLlmBudgets(...), or pass a ledger."),
            configure,
            services));
    }
}
