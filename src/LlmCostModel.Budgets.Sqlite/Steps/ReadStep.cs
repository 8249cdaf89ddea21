using LlmCostModel.Budgets.Sqlite.Tables;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Sqlite.Steps;

/// <summary>Reads what accounts have, and gives back what is due of them.</summary>
internal sealed class ReadStep(ReadCommand command) : StoreStep
{
    private readonly NamedCharge[] _accounts = NamedCharge.Of(command.Accounts);

    internal ReadReply Reply { get; private set; }

    internal AccountState[] States { get; private set; } = [];

    internal override void Run(Books books, long now)
    {
        bool isStale = NamedCharge.FindStale(_accounts, now) >= 0;
        States = isStale ? [] : Array.ConvertAll(_accounts, account => books.Touch(account, now));
        Reply = ReadReply.Create(isStale, books.Stamp(now));
    }
}
