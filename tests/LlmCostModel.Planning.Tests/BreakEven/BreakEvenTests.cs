using System.Globalization;

namespace LlmCostModel.Planning.Tests;

/// <summary>Expected values are worked out by hand; the sum stands beside each.</summary>
public sealed class BreakEvenTests
{
    [Theory]
    [InlineData("1.25", "0.1", "1.27778", 2)] // 1.15 / 0.9
    [InlineData("2", "0.1", "2.11111", 3)] // 1.9 / 0.9
    [InlineData("1.25", "0.05", "1.26316", 2)] // 1.2 / 0.95
    [InlineData("2", "0.05", "2.05263", 3)] // 1.95 / 0.95
    public void CacheRequests_N6_WriteLessReadOverSaving(string write, string read, string expected, int whole)
    {
        BreakEvenPoint point = BreakEven.FindCacheRequests(Parse(write), Parse(read));

        AssertRounded(expected, point.Units);
        Assert.Equal(whole, point.FirstWholeUnit);
    }

    [Theory]
    [InlineData("1.25", "0.278")] // 0.25 / 0.9
    [InlineData("2", "1.111")] // 1 / 0.9
    public void CacheReadsPerWrite_ReadAtATenth_SurchargeOverSaving(string write, string expected) =>
        AssertRounded(expected, BreakEven.FindCacheReadsPerWrite(Parse(write), 0.1m).Units);

    [Theory]
    [InlineData("1.25", "1", "0.217391")] // 0.25 / 1.15
    [InlineData("2", "1", "0.526316")] // 1 / 1.9
    [InlineData("1", "1", "0.000000")] // writes at no surcharge always pay
    [InlineData("1.25", "0.5", "0.652174")] // N38, against a batch: 0.75 / 1.15
    public void CacheHitRate_N7AndN38_WriteLessInsteadOverSpan(string write, string instead, string expected) =>
        AssertRounded(expected, BreakEven.FindCacheHitRate(Parse(write), 0.1m, Parse(instead)).Units);

    [Fact]
    public void KeepAlive_N39_PingsAndProbability()
    {
        Assert.Equal(11.5m, BreakEven.FindKeepAlivePings(1.25m, 0.1m).Units); // 1.15 / 0.1
        Assert.Equal(19m, BreakEven.FindKeepAlivePings(2, 0.1m).Units); // 1.9 / 0.1
        Assert.Equal(24m, BreakEven.FindKeepAlivePings(1.25m, 0.05m).Units); // 1.2 / 0.05: 23 pings are cheaper, 24 cost the same
        AssertRounded("0.0869565", BreakEven.FindKeepAliveProbability(1.25m, 0.1m).Units); // 0.1 / 1.15
        AssertRounded("0.0526316", BreakEven.FindKeepAliveProbability(2, 0.1m).Units); // 0.1 / 1.9
        AssertRounded("0.111", BreakEven.FindKeepAliveProbability(1, 0.1m).Units); // 0.1 / 0.9
    }

    [Fact]
    public void KeepAlivePings_AgainstTheSimulator_ElevenPayAndTwelveDoNot()
    {
        // Pings every 5 minutes, wanted again after n of them: (n + 1) reads of 0.1 against one more write of 1.25.
        PromptSegment[] prompt = [Prompts.Text("p", 1_000_000)];
        decimal Cost(params IEnumerable<int> seconds) =>
            Prices.Of("units", Prompts.Usages(CachePolicies.Anthropic5m, seconds.Select(at => Prompts.At(at, prompt))));
        decimal Pinged(int pings) => Cost(Enumerable.Range(0, pings + 2).Select(i => i * 300));

        Assert.Equal(2.5m, Cost(0, 3_600)); // written twice
        Assert.Equal(2.45m, Pinged(11)); // 1.25 + 12 x 0.1
        Assert.Equal(2.55m, Pinged(12)); // 1.25 + 13 x 0.1
    }

    [Fact]
    public void CacheRequests_AgainstTheSimulator_TheSecondRequestPays()
    {
        PromptSegment[] prompt = [Prompts.Text("p", 1_000_000)];
        decimal Cost(int requests) =>
            Prices.Of("units", Prompts.Usages(CachePolicies.Anthropic5m, Enumerable.Range(0, requests).Select(i => Prompts.At(i, prompt))));

        Assert.Equal(1.25m, Cost(1)); // 1 without a cache
        Assert.Equal(1.35m, Cost(2)); // 2 without a cache
    }

    [Fact]
    public void CacheStorage_N16_HundredThousandTokensForTwoHours()
    {
        // Gemini 3.1 Pro, 2 / 0.20 / 4.50: (2 + 9) / 1.8 = 6.11; 12 calls cost 0.20 + 0.90 + 0.24 = 1.34 against 2.40 (100,000 tokens are a tenth of a million).
        BreakEvenPoint point = BreakEven.FindCacheStorageCalls(2, 0.20m, 4.50m, hours: 2);

        AssertRounded("6.11", point.Units);
        Assert.Equal(7, point.FirstWholeUnit);
        Assert.Equal((2.40m, 1.34m), (point.First.At(12) / 10, point.Second.At(12) / 10));
    }

    [Theory]
    [InlineData("1.25", "0.125", "4.50", "4.000")] // 2.5 Pro
    [InlineData("2", "0.20", "4.50", "2.500")] // 3.1 Pro
    [InlineData("0.30", "0.03", "1.00", "3.704")] // 2.5 Flash
    [InlineData("0.75", "0.075", "0.50", "0.7407")] // 3.8 Flash: 0.50 / 0.675
    [InlineData("0.75", "0.075", "0.54", "0.8")] // docs/planning.md: 0.54 / 0.675
    [InlineData("1.25", "0.3125", "4.50", "4.80")] // 1.5 Pro, January 2025
    public void CacheStoragePerHour_N17_StorageOverSaving(string input, string read, string storage, string expected) =>
        AssertRounded(expected, BreakEven.FindCacheStorageCallsPerHour(Parse(input), Parse(read), Parse(storage)).Units);

    [Fact]
    public void PaddingPaysFrom_N10_OpenAIGuide() => Assert.Equal(220.16m, CacheMultiplier.FindPaddingLength(1_024, 10, 1.25m, 0.1m)); // 1024 x (1.25 + 9 x 0.1) / 10

    [Fact]
    public void OfWarmFanOut_N11_EightCallsOver40000Tokens()
    {
        // Sonnet 5.5 at 2, 2.50 and 0.20: 40,000 tokens are 0.08. Cold 8 x 0.10, none 8 x 0.08, warm 0.10 + 7 x 0.008.
        EntryCachePolicy policy = CachePolicies.Anthropic5m with { ReadableAfter = TimeSpan.FromSeconds(1) };
        decimal Cost(CachePolicy cache, double secondsApart) =>
            Prices.Of("sonnet", Prompts.Usages(cache, Enumerable.Range(0, 8).Select(i => Prompts.At(i * secondsApart, Prompts.Text("p", 40_000)))));

        Assert.Equal(0.80m, Cost(policy, 0));
        Assert.Equal(0.64m, Cost(policy with { MinimumTokens = 40_001 }, 0));
        Assert.Equal(0.156m, Cost(policy, 1));
        Assert.Equal(1.95m, CacheMultiplier.ComputeForFanOut(8, 1.25m, 0.1m)); // 0.156 / 0.08
    }

    [Theory]
    [InlineData("0.9159", "1.25", "0.1", "0.19675")] // Claude Code sessions, 5 minutes
    [InlineData("0.9596", "2", "0.1", "0.17671")] // 1 hour
    [InlineData("0.9536", "1.25", "0.1", "0.15341")] // 30 minutes
    [InlineData("0.9632", "1", "0.02", "0.05610")] // 24 hours, DeepSeek's read
    public void OfHitRate_N15_RecordedHitRates(string hitRate, string write, string read, string expected)
    {
        // The published rates are rounded to 0.0001, which moves the result by at most 1.9 x 0.00005.
        decimal multiplier = CacheMultiplier.ComputeForHitRate(Parse(hitRate), Parse(write), Parse(read));
        Assert.InRange(multiplier, Parse(expected) - 0.0001m, Parse(expected) + 0.0001m);
    }

    [Theory]
    [InlineData("0.9", "0.215")] // 0.09 + 0.125: 4.65 times cheaper
    [InlineData("0.8", "0.33")] // 0.08 + 0.25
    [InlineData("0.81", "0.3185")] // 0.081 + 0.2375: 3.14 times cheaper
    public void OfHitRate_FiveMinutes_ReadsPlusWrites(string hitRate, string expected) => Assert.Equal(Parse(expected), CacheMultiplier.ComputeForHitRate(Parse(hitRate), 1.25m, 0.1m));

    [Theory]
    [InlineData(5, 0.632121, 1.25, 0.523061)] // 1.25 - 1.15 x 0.632121; the research note prints 0.523056
    [InlineData(30, 0.997521, 1.25, 0.102851)]
    [InlineData(60, 0.999994, 2, 0.100012)]
    public void HitRate_N8AndN9_TwelveRequestsAnHour(int minutes, double hitRate, double write, double multiplier)
    {
        double actual = PoissonTraffic.ComputeHitRate(12, TimeSpan.FromMinutes(minutes));

        Assert.Equal(hitRate, actual, 6);
        Assert.Equal((decimal)multiplier, CacheMultiplier.ComputeForHitRate((decimal)actual, (decimal)write, 0.1m), 6);
    }

    [Fact]
    public void RequestsPerHour_HitRateToBreakEven_IsWhatTheTimeToLiveNeeds()
    {
        Assert.Equal(2.94, PoissonTraffic.ComputeRequestsPerHour(0.217391, TimeSpan.FromMinutes(5)), 2);
        Assert.Equal(0.693, PoissonTraffic.ComputeRequestsPerHour(0.5, TimeSpan.FromHours(1)), 3); // ln 2
        Assert.Equal(0.747, PoissonTraffic.ComputeRequestsPerHour(0.526316, TimeSpan.FromHours(1)), 3);
        // ln(1.9 / 1.15) / 55 a minute
        Assert.Equal(0.548, PoissonTraffic.FindRateForLonger(TimeSpan.FromMinutes(5), 1.25, TimeSpan.FromHours(1), 2, 0.1), 3);
    }

    [Theory]
    [InlineData("2", "3000", "0.36", "262.80")] // gpt-4.1: 180,000 tokens an hour x 2
    [InlineData("1.25", "4750", "0.35625", "260.06")] // gpt-5: 285,000 x 1.25
    [InlineData("1.75", "3400", "0.357", "260.61")] // gpt-5.2: 204,000 x 1.75
    [InlineData("1.10", "5400", "0.3564", "260.17")] // o4-mini: 324,000 x 1.10
    public void Provisioned_N19_AMonthOfAUnitIsWorthAbout260(string inputPerMillion, string tokensPerMinute, string hourly, string perMonth)
    {
        // At the price of what it can do in an hour, a unit must be busy all the time; a month has 730 hours.
        BreakEvenPoint load = BreakEven.FindProvisionedLoad(Parse(hourly), Parse(tokensPerMinute), Parse(inputPerMillion));

        Assert.Equal(1m, load.Units);
        AssertRounded(perMonth, load.First.At(730));
    }

    [Fact]
    public void Needed_N20SixtyRequestsAMinute_RoundsUpToTheStep()
    {
        // gpt-4.1: 3000 a unit, output counts 4, sold in steps of 5. 60 x 1800 x 0.8 + 4 x 60 x 650 = 86,400 + 156,000 = 242,400
        ProvisionedUnits units = new() { TokensPerMinute = 3_000, OutputWeight = 4, CachedWeight = 0, Minimum = 15, Increment = 5 };

        Assert.Equal(80.8m, units.ComputeLoad(60 * 1_800, 0.20m, 60 * 650));
        Assert.Equal(85, units.ComputeNeeded(60 * 1_800, 0.20m, 60 * 650));
        Assert.Equal(15, units.ComputeNeeded(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => units with { Increment = 0 });
    }

    [Fact]
    public void SelfHostingRequests_N24_TwoFiftyAnHourAgainstAnApi()
    {
        Assert.Equal(625m, BreakEven.FindSelfHostingRequests(2.50m, 0.004m).Units);

        // 4.2% of the requests still go to the API, at 0.042 x 0.004 = 0.000168 on average. 2,950 an hour then cost 2.50 + 0.4956,
        // 0.00101546 each, against 11.80; it pays from 2.50 / 0.003832 = 652.4 on.
        BreakEvenPoint mixed = BreakEven.Find(new() { PerUnit = 0.004m }, new() { Fixed = 2.50m, PerUnit = 0.000168m });
        Assert.Equal((11.80m, 2.9956m), (mixed.First.At(2_950), mixed.Second.At(2_950)));
        AssertRounded("0.00101546", mixed.Second.At(2_950) / 2_950);
        AssertRounded("652.4", mixed.Units);
    }

    [Fact]
    public void SelfHosting_N23_DeepSeekNodeAgainstItsApi()
    {
        // 562,027 a day (as DeepSeek prints it) over 226.75 nodes x 24 h are 103.276 a node and hour; a node is 8 GPUs at 2 an hour: 16 / 103.276.
        AssertRounded("0.15492", BreakEven.FindSelfHostingLoad(hourly: 16, fullyBusyHourly: 562_027m / (226.75m * 24)).Units);
    }

    [Fact]
    public void PaidOnce_FineTuning_DividesByWhatARequestSaves() => Assert.Equal(50_000m, BreakEven.FindPayback(100, 0.005m, 0.003m).FirstWholeUnit); // 100 / 0.002

    [Fact]
    public void Batch_HalfPrice_PaysBackWhatItTakesToRun() => Assert.Equal(500m, BreakEven.FindBatchRequests(1, 0.004m, 0.5m).FirstWholeUnit); // 1 / 0.002

    [Theory]
    [InlineData(1, 2, 1, 2, "both always cost the same", 0)]
    [InlineData(1, 2, 3, 2, "never cheaper: the second", null)]
    [InlineData(3, 2, 1, 2, "always cheaper: the second", 0)]
    [InlineData(0, 4, 10, 2, "equal at 5 units; cheaper above: the second", 5)]
    [InlineData(10, 2, 0, 4, "equal at 5 units; cheaper below: the second", null)]
    [InlineData(10, 4, 0, 2, "always cheaper: the second", 0)] // equal at -5
    [InlineData(0, 2, 10, 4, "never cheaper: the second", null)] // equal at -5
    public void Between_AnyTwoLines_TellsWhichIsCheaperWhere(int fixed1, int perUnit1, int fixed2, int perUnit2, string text, int? whole)
    {
        BreakEvenPoint point = BreakEven.Find(new() { Fixed = fixed1, PerUnit = perUnit1 }, new() { Fixed = fixed2, PerUnit = perUnit2 });

        Assert.Equal(text, point.ToString());
        Assert.Equal(whole, (int?)point.FirstWholeUnit);
    }

    [Fact]
    public void FirstWholeUnit_JustAboveAWholeNumber_IsNotRoundedAway()
    {
        // 1 + 10^-28 is more than 1, whatever a decimal division would make of it.
        BreakEvenPoint point = BreakEven.Find(new() { PerUnit = 1 }, new() { Fixed = 1.0000000000000000000000000001m });

        Assert.Equal(2, point.FirstWholeUnit);
    }

    [Fact]
    public void CacheRequests_NegativeMultiplier_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => BreakEven.FindCacheRequests(-1, 0.1m));

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Compares after rounding to as many decimals as the expected text shows.</summary>
    private static void AssertRounded(string expected, decimal? actual) => Assert.Equal(Parse(expected), decimal.Round(actual!.Value, expected.Length - expected.IndexOf('.') - 1));
}
