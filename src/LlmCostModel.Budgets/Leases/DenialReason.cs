using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>Why a budget denies a call, and so whether waiting helps.</summary>
[JsonConverter(typeof(JsonNameConverter<DenialReason>))]
public enum DenialReason
{
    /// <summary>So much was spent that there is no room until the budget begins anew.</summary>
    LimitReached,

    /// <summary>Calls that have not ended hold what there would be room for: try again soon.</summary>
    HeldByOthers,

    /// <summary>The call alone is more than the limit: waiting never helps.</summary>
    LargerThanLimit,

    /// <summary>The most that the call can cost is not known, which does not mean that it costs nothing.</summary>
    UnknownPrice,

    /// <summary>The most tokens, or the longest time, that the call can take are not known.</summary>
    UnknownAmount,

    /// <summary>The call is priced in another currency than the budget has.</summary>
    OtherCurrency,

    /// <summary>The run that the call belongs to has stopped, whatever it has left: waiting never helps. <see cref="BudgetRun.Stop"/> says
    /// why.</summary>
    RunStopped,
}
