using System.Security.Cryptography;
using System.Text;
using LlmCostModel.Budgets.Alerts;
using LlmCostModel.Budgets.Outages;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets;

/// <summary>Raises alerts, each once: the process that tells the store of it first is the one that raises it.</summary>
internal sealed class AlertBell(StoreLink link, Action<BudgetAlert>? onAlert, ILogger log)
{
    private readonly AlertWatch _watch = new();

    internal async ValueTask LookAsync(BudgetClaim claim, AccountCharge[] charges, AccountState[] states, long now)
    {
        for (int i = 0; i < charges.Length; i++)
        {
            ClaimedBudget claimed = claim.Budgets[i];
            if (!charges[i].Period.TryFind(now, out AccountPeriod window))
            {
                continue;
            }

            // A call that was admitted in an earlier window changed nothing in this one.
            bool isThisWindow = window.Buckets > 0 || claim.AdmittedAt is not { } at || (at >= window.Start && at < window.End);
            foreach (AlertWatch.Finding finding in _watch.Look(
                claimed.Budget, claimed.Account, window, states[i], isThisWindow ? charges[i].Amount : 0, now))
            {
                if (await IsFirstAsync(finding.Id, now).ConfigureAwait(false))
                {
                    Raise(Alert(claim, claimed, states[i], finding));
                }
            }
        }
    }

    private static BudgetAlert Alert(BudgetClaim claim, ClaimedBudget claimed, AccountState state, AlertWatch.Finding finding) => new()
    {
        Budget = claimed.Budget.Name,
        Kind = finding.Kind,
        Tags = claimed.Budget.Per.ToDictionary(tag => tag, tag => claim.Request.Tags[tag]),
        Unit = claimed.Budget.Unit,
        Currency = claimed.Budget.Currency,
        Share = finding.Share,
        Spent = claimed.Budget.FromUnits(state.Settled),
        Limit = claimed.Budget.FromUnits(state.Limit!.Value),
        Projected = finding.Projected is { } projected ? claimed.Budget.FromUnits(projected) : null,
        ResetsAt = Denials.Instant(state.End),
    };

    /// <summary>A settlement of nothing, which the store knows by its id. While it is away, every process is the first.</summary>
    private async ValueTask<bool> IsFirstAsync(string id, long now)
    {
        SettleCommand told = new()
        {
            Id = "alert-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)), 0, 16),
            Charges = default,
        };
        try
        {
            return await link.SettleAsync(told, now, isLocal: false).ConfigureAwait(false) is null or { Outcome: SettleOutcome.Settled };
        }
        catch (BudgetStoreException)
        {
            return true;
        }
    }

    private void Raise(BudgetAlert alert)
    {
        AlertLog.Alerted(log, alert.Budget, alert.Kind, alert.Share, alert.Limit, alert.Currency);
        BudgetMeter.Alerts.Add(
            1,
            new KeyValuePair<string, object?>("llmcost.budget.name", alert.Budget),
            new KeyValuePair<string, object?>("llmcost.budget.alert", alert.Kind.ToString()));
        try
        {
            onAlert?.Invoke(alert);
        }
        catch (Exception failure)
        {
            AlertLog.ReceiverFailed(log, failure);
        }
    }
}
