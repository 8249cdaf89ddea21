using System.Text;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Makes the entries of settlements, for stores that keep them.</summary>
/// <param name="keepsEntries">Whether the store keeps them.</param>
/// <param name="hash">How values of tags are hashed; <see langword="null"/> where they are kept as they are.</param>
internal sealed class EntryWriter(bool keepsEntries, TagHash? hash)
{
    private const string NobodySaid = "Nobody said what the call cost: its budgets counted what was held for it.";

    /// <summary>The entry of a settlement as one line of JSON; empty for a store that keeps none.</summary>
    /// <param name="claim">Who the calls were for.</param>
    /// <param name="spend">The calls.</param>
    /// <param name="charges">What each budget counts.</param>
    /// <param name="remarks">What is remarkable about that.</param>
    /// <param name="at">When it counts.</param>
    internal ReadOnlyMemory<byte> Write(
        BudgetClaim claim, BudgetSpend spend, AccountCharge[] charges, SettlementRemarks remarks, DateTimeOffset at) =>
        keepsEntries
            ? Encoding.UTF8.GetBytes(Make(claim, spend, charges, remarks, at).ToString())
            : default;

    private BudgetEntry Make(
        BudgetClaim claim, BudgetSpend spend, AccountCharge[] charges, SettlementRemarks remarks, DateTimeOffset at) =>
        new()
        {
            Lease = claim.Request.Id,
            At = at,
            Tags = Tags(claim),
            Costs = [.. spend.Costs],
            IsEstimated = (remarks & SettlementRemarks.Estimated) != 0,
            IsCorrection = spend.IsCorrection,
            Counted =
            [
                .. claim.Budgets.Select((claimed, place) => new BudgetCount
                {
                    Budget = claimed.Budget.Name,
                    Unit = claimed.Budget.Unit,
                    Currency = claimed.Budget.Currency,
                    Amount = claimed.Budget.FromUnits(charges[place].Amount),
                }),
            ],
            Calls = spend.Calls.Count == 0 ? [Stated(claim.Request.Tags, spend.StatedCost, at)] : [.. spend.Calls.Select(Call)],
        };

    /// <summary>The tags of the call with its run and the first one above that: as tags, so that whatever groups entries by tags groups
    /// them by runs. Tags of the application win, whose word <c>run</c> may mean something else.</summary>
    private IReadOnlyDictionary<string, string> Tags(BudgetClaim claim)
    {
        IReadOnlyDictionary<string, string> known = hash?.Hash(claim.Request.Tags) ?? claim.Request.Tags;
        if (claim.Run is null)
        {
            return known;
        }

        Dictionary<string, string> tags = new(known, StringComparer.Ordinal);
        tags.TryAdd("run", claim.Run.Plan.Id);
        tags.TryAdd("run.root", claim.Run.Chain.Last().Plan.Id);
        return tags;
    }

    /// <summary>The call with the instant, provider and region by which it was priced.</summary>
    private static ModelCall Call(PricedCall priced) =>
        priced.Call with { At = priced.Call.At ?? priced.At, Asked = priced.Call.Asked.Or(priced.Context) };

    /// <summary>A call of which nobody said more than what it cost, or not even that.</summary>
    private static ModelCall Stated(IReadOnlyDictionary<string, string> tags, Money? cost, DateTimeOffset at) => new()
    {
        At = at,
        RequestedModel = tags.GetValueOrDefault("model"),
        Asked = new CallContext { Provider = tags.GetValueOrDefault("provider") },
        Reading = new UsageReading
        {
            Origin = UsageOrigin.Application,
            Status = cost is not null ? UsageStatus.Complete : UsageStatus.Unknown,
            Reported = cost is { } charged ? new ReportedCost { Charged = charged } : null,
            Reason = cost is not null ? null : NobodySaid,
        },
    };
}
