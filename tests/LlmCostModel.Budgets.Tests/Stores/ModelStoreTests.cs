using LlmCostModel.TestData;

namespace LlmCostModel.Budgets.Tests.Stores;

/// <summary>The model passes the suite itself, but for what it never does: forget.</summary>
public sealed class ModelStoreTests
{
    [Fact]
    public async Task InMemory_RandomCommands_AnswersAsTheModel()
    {
        Dictionary<string, int> outcomes = [];
        int seeds = SampleSize.Of(250, atTheDesk: 50);
        for (int seed = 0; seed < seeds; seed++)
        {
            RandomCommands commands = new(seed);
            await using InMemoryBudgetStore store = new(new() { Retention = TimeSpan.FromDays(300), WindowRetention = TimeSpan.FromDays(300) }, commands.Clock);
            await using ModelStore model = new(commands.Clock);
            foreach ((string outcome, int count) in await commands.CompareAsync(model, store, 400))
            {
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + count;
            }

            Assert.Equal(40, commands.Recounted); // 400 / 40 times 4 accounts
        }

        string[] rare = ["Settled Unreserved, AboveLimit", "Conflict None", "Release Abandoned", "Extend Abandoned"];
        Assert.Empty(RandomCommands.Outcomes.Concat(rare).Except(outcomes.Keys));
    }
}
