using CsCheck;
using LlmCostModel.Budgets.Stores;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets;

/// <summary>Commands at once have to end as the same commands one after the other, in some order.</summary>
internal static class ParallelCommands
{
    private const long Limit = 100;

    /// <summary>Fails with the shortest commands found that end in another way.</summary>
    /// <param name="create">Makes an empty store.</param>
    /// <param name="samples">How many sets of commands are tried.</param>
    internal static void Sample(Func<BudgetStore> create, long samples) =>
        Gen.Const(0).Select(_ => create()).SampleParallel(
            Gen.Select(Gen.Int[0, 5], Gen.Int[40, 70]).Operation<BudgetStore>(
                call => $"Reserve({call.Item1}, {call.Item2})",
                (store, call) => store.Reserve($"{call.Item1}", Of("a", call.Item2, Limit), Of("b", 1)).AsTask().GetAwaiter().GetResult()),
            Gen.Select(Gen.Int[0, 5], Gen.Int[0, 70]).Operation<BudgetStore>(
                call => $"Settle({call.Item1}, {call.Item2})",
                (store, call) => store.Settle($"{call.Item1}", Of("a", call.Item2, Limit), Of("b", 1)).AsTask().GetAwaiter().GetResult()),
            Gen.Int[0, 5].Operation<BudgetStore>(
                id => $"Release({id})", (store, id) => store.Release($"{id}").AsTask().GetAwaiter().GetResult()),
            equal: (one, other) => Shown(one) == Shown(other),
            print: Shown,
            iter: samples);

    private static string Shown(BudgetStore store)
    {
        (long settled, long held) = store.Read("a").AsTask().GetAwaiter().GetResult();
        (long count, long open) = store.Read("b").AsTask().GetAwaiter().GetResult();
        VerifyReply recount = store.VerifyAsync(new VerifyCommand { Account = "a", Period = AccountPeriod.Always }).AsTask().GetAwaiter().GetResult();
        return $"a {settled} + {held}, b {count} + {open}, recounted {recount.SettledByCalls ?? settled} + {recount.HeldByHolds}";
    }
}
