using LlmCostModel.Budgets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmCostModel.Extensions.AI;

/// <summary>Stops calls of a chat client that a budget does not allow.</summary>
public static class BudgetChatClientBuilderExtensions
{
    /// <summary>Asks the budgets before every call and counts what it cost. Call it just before <c>UseCostTracking</c>, which prices the
    /// calls: inside of tool loops and caches, so that each real call is asked for.</summary>
    /// <remarks>A call for which there is no room is not made: <see cref="BudgetExceededException"/> says which limit, what is left and
    /// when to try again. When the store of budgets does not answer, no call is made either (<see cref="BudgetStoreException"/>).</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="ledger">The budgets; <see langword="null"/> takes the registered <see cref="BudgetLedger"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the client is built: there is no ledger, or the client inside is not
    /// tracked.</exception>
    public static ChatClientBuilder UseBudget(
        this ChatClientBuilder builder, BudgetLedger? ledger = null, Action<BudgetClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new BudgetChatClient(
            inner,
            ledger ?? services.GetService<BudgetLedger>() ?? throw new InvalidOperationException(
                "No BudgetLedger. Call services.AddLlmBudgets(...) and build the client with the service provider, or pass a ledger."),
            BudgetQuestions.Of(inner, configure),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILoggerFactory>()?.CreateLogger("LlmCostModel.Budgets") ?? NullLogger.Instance));
    }
}
