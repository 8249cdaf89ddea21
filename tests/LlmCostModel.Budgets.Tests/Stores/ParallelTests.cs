using CsCheck;

namespace LlmCostModel.Budgets.Tests.Stores;

/// <summary>The store in memory passes, and a store that looks before it takes is found.</summary>
public sealed class ParallelTests
{
    [Fact]
    public void InMemory_CommandsAtOnce_EndAsInSomeOrder() => ParallelCommands.Sample(() => new InMemoryBudgetStore(), 400);

    [Fact]
    public void CheckThenAct_IsCaught()
    {
        CsCheckException found = Assert.Throws<CsCheckException>(() => ParallelCommands.Sample(() => new CheckThenActStore(), 100_000));

        Assert.Contains("Reserve", found.Message, StringComparison.Ordinal);
    }
}
