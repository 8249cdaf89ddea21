using LlmCostModel.Budgets.Sqlite.Tables;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Sqlite.Steps;

/// <summary>Moves the deadline of a hold.</summary>
internal sealed class ExtendStep(ExtendCommand command) : StoreStep
{
    private readonly byte[] _id = NamedCharge.Encode(command.Id);
    private readonly long _timeToLive = command.TimeToLive;

    internal ExtendReply Reply { get; private set; }

    internal override void Run(Books books, long now)
    {
        HoldState state = books.Calls.Find(_id)?.State ?? HoldState.Unknown;
        if (state == HoldState.Held)
        {
            books.Holds.Extend(_id, now + _timeToLive);
            books.CountChange();
        }

        Reply = ExtendReply.Create(state, books.Stamp(now));
    }
}
