using System.Diagnostics;
using System.Diagnostics.Metrics;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Outages;

/// <summary>What is counted of budgets, in the meter that costs are counted in. Nothing has a tag's value: users and tenants would be too
/// many, and are nobody's business.</summary>
internal static class BudgetMeter
{
    private static readonly Meter Meter = new("LlmCostModel");

    internal static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "llmcost.budget.decisions", "{call}", "Requests for a lease, by how they ended, and by the budget that denied them.");

    internal static readonly Counter<long> Settlements = Meter.CreateCounter<long>(
        "llmcost.budget.settlements", "{call}", "Calls counted in budgets, by whether the store has them or has yet to hear of them.");

    internal static readonly UpDownCounter<long> Pending = Meter.CreateUpDownCounter<long>(
        "llmcost.budget.pending", "{call}", "Calls that the store of budgets has yet to hear of.");

    internal static readonly Counter<long> Outages = Meter.CreateCounter<long>(
        "llmcost.budget.outages", "{outage}", "How often the store of budgets could not be relied on.");

    internal static readonly Counter<long> Rollbacks = Meter.CreateCounter<long>(
        "llmcost.budget.rollbacks", "{rollback}", "How often the store of budgets had lost what it had acknowledged.");

    internal static readonly Counter<long> Alerts = Meter.CreateCounter<long>(
        "llmcost.budget.alerts", "{alert}", "Alerts of budgets, by kind.");

    internal static void Decided(ReserveReply reply, string? denier, bool isLocal)
    {
        if (!Decisions.Enabled)
        {
            return;
        }

        TagList tags = new()
        {
            { "llmcost.budget.outcome", reply.Outcome.ToString() },
            { "llmcost.budget.local", isLocal },
        };
        if (denier is not null)
        {
            tags.Add("llmcost.budget.name", denier);
        }

        Decisions.Add(1, tags);
    }
}
