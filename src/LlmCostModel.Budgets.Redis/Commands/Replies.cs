using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>What the steps answer.</summary>
internal static class Replies
{
    internal static ReserveReply Reserved(string answer, StoreSettings settings, Span<AccountState> states)
    {
        ReplyText text = new(answer);
        ReserveOutcome outcome = (ReserveOutcome)text.Word();
        StoreStamp stamp = text.Stamp(settings);
        int account = text.Word();
        ulong observed = text.Places();
        AccountState state = default;
        if (outcome == ReserveOutcome.Denied)
        {
            text.TryState(out state);
        }
        else
        {
            text.States(states);
        }

        return ReserveReply.Create(outcome, stamp, account, state, observed);
    }

    internal static SettleReply Settled(string answer, StoreSettings settings, Span<AccountState> states)
    {
        ReplyText text = new(answer);
        SettleOutcome outcome = (SettleOutcome)text.Word();
        StoreStamp stamp = text.Stamp(settings);
        SettleRemarks remarks = (SettleRemarks)text.Word();
        text.States(states);
        return SettleReply.Create(outcome, stamp, remarks);
    }

    internal static ReadReply Shown(string answer, StoreSettings settings, Span<AccountState> states)
    {
        ReplyText text = new(answer);
        bool isStale = text.Word() == 1;
        StoreStamp stamp = text.Stamp(settings);
        text.States(states);
        return ReadReply.Create(isStale, stamp);
    }

    internal static (int Word, StoreStamp Stamp) Head(string answer, StoreSettings settings)
    {
        ReplyText text = new(answer);
        return (text.Word(), text.Stamp(settings));
    }
}
