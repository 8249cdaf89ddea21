using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>What is known of one id.</summary>
internal sealed class Reservation(string id, Hold[] holds)
{
    internal readonly string Id = id;

    /// <summary>What was reserved, account by account; empty when nothing was.</summary>
    internal readonly Hold[] Holds = holds;

    /// <summary>What was settled in accounts that were not reserved.</summary>
    internal Hold[] Further = [];

    internal HoldState State;
    internal bool IsReserved;
    internal SettleRemarks Remarks;

    /// <summary>Since when nobody needs it, and the next one of which that is true.</summary>
    internal long EndedAt;
    internal Reservation? NextEnded;
}
