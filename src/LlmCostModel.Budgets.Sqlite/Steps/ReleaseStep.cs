using LlmCostModel.Budgets.Sqlite.Tables;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Sqlite.Steps;

/// <summary>Gives a hold back, or remembers that it never will be one. Whose floor was to be charged is not remembered: it would look as if
/// it had been.</summary>
internal sealed class ReleaseStep(ReleaseCommand command) : StoreStep
{
    private readonly byte[] _id = NamedCharge.Encode(command.Id);
    private readonly bool _chargesFloor = command.ChargesFloor;

    internal ReleaseReply Reply { get; private set; }

    internal override void Run(Books books, long now)
    {
        CallRow? known = books.Calls.Find(_id);
        if (known is null && !_chargesFloor)
        {
            books.Calls.AddEnded(_id, HoldState.Released, SettleRemarks.None, now);
            books.CountChange();
        }
        else if (known is { State: HoldState.Held or HoldState.Abandoned })
        {
            // Also those that were given back before: which were depends on who used the accounts meanwhile.
            foreach (HoldRow hold in books.Holds.Of(_id))
            {
                books.End(hold, _chargesFloor ? hold.Floor : 0);
            }

            books.Calls.End(_id, HoldState.Released, SettleRemarks.None, now);
            books.CountChange();
        }

        Reply = ReleaseReply.Create(known?.State ?? HoldState.Unknown, books.Stamp(now));
    }
}
