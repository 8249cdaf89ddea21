using LlmCostModel.TestData;

namespace LlmCostModel.Budgets.Sqlite.Tests;

public sealed class ModelStoreTests
{
    /// <summary>LLMCOSTMODEL_SAMPLES says how many seeds of 400 commands, for more than a few seconds.</summary>
    [Fact]
    public async Task Sqlite_RandomCommands_AnswersAsTheModel()
    {
        Dictionary<string, int> outcomes = [];
        int seeds = SampleSize.OrGiven(20);
        for (int seed = 0; seed < seeds; seed++)
        {
            using TemporaryStore file = new();
            RandomCommands commands = new(seed);
            SqliteBudgetStoreOptions options = file.Options;
            (options.Retention, options.WindowRetention) = (TimeSpan.FromDays(300), TimeSpan.FromDays(300));
            await using SqliteBudgetStore store = new(options, commands.Clock);
            await using ModelStore model = new(commands.Clock);
            foreach ((string outcome, int count) in await commands.CompareAsync(model, store, 400))
            {
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + count;
            }

            Assert.Equal(40, commands.Recounted); // 400 / 40 times 4 accounts
        }

        Assert.Empty(RandomCommands.Outcomes.Except(outcomes.Keys));
    }
}
