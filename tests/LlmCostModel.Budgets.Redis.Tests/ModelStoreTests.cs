using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.TestData;

namespace LlmCostModel.Budgets.Redis.Tests;

public sealed class ModelStoreTests(SharedServer server) : IClassFixture<SharedServer>
{
    /// <summary>LLMCOSTMODEL_SAMPLES says how many seeds of 400 commands, for more than a few seconds.</summary>
    [SharedServerFact]
    public async Task Redis_RandomCommands_AnswersAsTheModel()
    {
        Dictionary<string, int> outcomes = [];
        int seeds = SampleSize.OrGiven(20);
        for (int seed = 0; seed < seeds; seed++)
        {
            RandomCommands commands = new(seed);
            await using RedisBudgetStore store = server.Store(
                commands.Clock, options => (options.Retention, options.WindowRetention) = (TimeSpan.FromDays(35), TimeSpan.FromDays(300)));
            await using ModelStore model = new(commands.Clock);
            foreach ((string outcome, int count) in await commands.CompareAsync(model, store, 400))
            {
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + count;
            }
        }

        Assert.Empty(RandomCommands.Outcomes.Except(outcomes.Keys));
    }

    [SharedServerFact]
    public void Redis_CommandsAtOnce_EndAsInSomeOrder() => ParallelCommands.Sample(() => server.Store(), 20);
}
