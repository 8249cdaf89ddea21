using LlmCostModel.Budgets.Sqlite.Tables;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Sqlite.Steps;

/// <summary>Counts anew what an account has, and lets its windows hold what their holds do.</summary>
internal sealed class VerifyStep(VerifyCommand command) : StoreStep
{
    private readonly NamedCharge _account =
        new(new AccountCharge { Account = command.Account, Period = command.Period, Amount = 0 });

    internal VerifyReply Reply { get; private set; }

    internal override void Run(Books books, long now)
    {
        if (!_account.Charge.Period.TryFind(now, out AccountPeriod window))
        {
            Reply = VerifyReply.Stale(books.Stamp(now));
            return;
        }

        Recount recount = books.Recount(_account, in window);
        foreach ((long start, long missing) in recount.Wrong)
        {
            books.Windows.Correct(_account.Account, in window, start, missing);
        }

        if (recount.Wrong.Count > 0)
        {
            books.CountChange();
        }

        Reply = recount.Reply(books.Stamp(now), recount.Wrong.Count > 0);
    }
}
