using Xunit.Abstractions;

namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>A year of bad luck in a minute: messages are lost, doubled, late and out of order, processes are killed, the server is down, is set
/// back and taken over by replicas that lag behind, its clock is set. What was promised has to be true after every step.</summary>
public class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void Budgets_WhateverGoesWrong_KeepTheirPromises()
    {
        int seeds = LlmCostModel.TestData.SampleSize.OrGiven(200);
        long steps = 0;
        List<string> broken = [];
        for (int seed = 1; seed <= seeds && broken.Count < 6; seed++)
        {
            try
            {
                steps += Simulation.Run(seed).Steps;
            }
            catch (Xunit.Sdk.XunitException failure)
            {
                broken.Add(failure.Message);
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken));

        Assert.True(steps > seeds * 200L);
        output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seeds} worlds, {steps} steps"));
    }

    /// <summary>Worlds that broke before a fault was mended: the hold of a request that was denied when it was made again, a settlement that
    /// was answered twice and not told again.</summary>
    [Theory]
    [InlineData(28)]
    [InlineData(79)]
    [InlineData(69)]
    [InlineData(89)]
    [InlineData(117)]
    public void World_ThatBrokeOnce_Holds(int seed) => Assert.True(Simulation.Run(seed).Steps > 200);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void World_OfTheSameSeed_IsTheSame(int seed) => Assert.Equal(Simulation.Run(seed), Simulation.Run(seed));
}
