using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Planning.Tests;

public sealed class TrainingTests
{
    private const decimal H800Bf16Peak = 989e12m;

    [Fact]
    public void Amount_N26DeepSeekV3Stages_SumTo5576000()
    {
        // arXiv 2412.19437, table 1: 2664K + 119K + 5K H800 hours at 2 USD.
        decimal[] hours = [2_664_000, 119_000, 5_000];
        decimal[] stages = [.. hours.Select(stage => new TrainingRun { GpuHours = stage, HourlyRate = 2 }.Amount)];

        Assert.Equal([5_328_000m, 238_000m, 10_000m], stages);
        Assert.Equal(5_576_000m, stages.Sum());
    }

    [Fact]
    public void Amount_N27DeepSeekR1_OnTopOfV3()
    {
        // Nature s41586-025-09422-z: 512 GPUs for 198 h and for 80 h, and 5K hours: 101,376 + 40,960 + 5,000 = 147,336 at 2 USD.
        decimal[] stages = [.. new[] { 512 * 198, 512 * 80, 5_000 }.Select(hours => new TrainingRun { GpuHours = hours, HourlyRate = 2 }.Amount)];

        Assert.Equal([202_752m, 81_920m, 10_000m], stages);
        Assert.Equal(294_672m, new TrainingRun { GpuHours = 147_336, HourlyRate = 2 }.Amount);
    }

    [Fact]
    public void AmountPerMillion_V3OverADayOfTokensPerYear_IsAboutTwoCents()
    {
        // 5,576,000 over 776 billion tokens a day x 365 = 283,240,000 million tokens.
        decimal perMillion = new TrainingRun { GpuHours = 2_788_000, HourlyRate = 2 }.GetAmountPerMillion(776_000_000_000m * 365);
        Assert.Equal(0.01968648m, decimal.Round(perMillion, 8));
    }

    [Fact]
    public void Operations_N25V3_AndTheShareOfThePeak()
    {
        decimal operations = TrainingCompute.ComputeOperations(37e9m, 14.8e12m);

        Assert.Equal(3.2856e24m, operations);
        Assert.Equal(0.34640m, decimal.Round(TrainingCompute.ComputeUtilization(operations, H800Bf16Peak, 2_664_000), 5));
        // 3.2856 x 10^24 / (989 x 10^12 x 0.4 x 3,600)
        Assert.Equal(2_307_044m, decimal.Round(TrainingCompute.ComputeGpuHours(operations, H800Bf16Peak, 0.40m)));
        // FP8 peak 1979 TFLOP/s (NVIDIA H100 data sheet, dense)
        Assert.Equal(0.17311m, decimal.Round(TrainingCompute.ComputeUtilization(operations, 1_979e12m, 2_664_000), 5));
    }

    [Fact]
    public void Operations_N28Llama405B_HoursAt40PercentAndTheShareReached()
    {
        decimal operations = TrainingCompute.ComputeOperations(405e9m, 15.6e12m);

        Assert.Equal(3.7908e25m, operations);
        Assert.Equal(26.618m, decimal.Round(TrainingCompute.ComputeGpuHours(operations, H800Bf16Peak, 0.40m) / 1_000_000, 3));
        Assert.Equal(0.34524m, decimal.Round(TrainingCompute.ComputeUtilization(operations, H800Bf16Peak, 30_840_000), 5));
    }

    [Fact]
    public void Operations_N29Gpt3_ThreePointOneFiveE23() => Assert.Equal(3.15e23m, TrainingCompute.ComputeOperations(175e9m, 300e9m));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    public void Init_NegativeHoursOrRate_Throws(int hours, int rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingRun { GpuHours = hours, HourlyRate = rate });

    [Theory]
    [InlineData("0")]
    [InlineData("1.01")]
    public void GpuHours_ShareOutOfRange_Throws(string share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingCompute.ComputeGpuHours(1, 1, decimal.Parse(share, CultureInfo.InvariantCulture)));

    [Fact]
    public void EstimateRun_ParametersToDollars_IsOneStep()
    {
        // 6 x 37e9 x 14.8e12 / (989e12 x 0.3464 x 3,600) = 2,664,023.4 hours at 2 USD
        TrainingRun run = TrainingCompute.EstimateRun(37e9m, 14.8e12m, Accelerators.Find("h800")!.PeakBf16, 0.3464m, hourlyRate: 2);

        Assert.Equal((2_664_023m, 5_328_047m), (decimal.Round(run.GpuHours), decimal.Round(run.Amount)));
        Assert.Contains("staff", TrainingRun.NotCounted);
    }

    [Fact]
    public void HourlyRate_OwnedAccelerator_IsHardwareAndEnergy()
    {
        // 40,000 over 4 years of 8,760 h at 80% = 28,032 h: 1.4269; 1.3 kW x 1.25 x 0.08 = 0.13
        OwnedAccelerator owned = new() { Price = 40_000, LifeHours = 28_032, Kilowatts = 1.3m, PowerUsage = 1.25m, PricePerKilowattHour = 0.08m };

        Assert.Equal((1.4269m, 0.13m, 1.5569m), (decimal.Round(owned.HardwareAmount, 4), owned.EnergyAmount, decimal.Round(owned.HourlyRate, 4)));
        Assert.StartsWith(
            "A building takes at least the power of its machines",
            Assert.Throws<ArgumentOutOfRangeException>(() => owned with { PowerUsage = 0.9m }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Accelerators_EveryOne_HasItsSource() => Assert.All(Accelerators.All, one => Assert.False(string.IsNullOrEmpty(one.Source)));

    [SharedDataFact]
    public void Operations_PublishedRuns_AgreeWithTheirChecks()
    {
        List<string> withoutPeak = [];
        int checkedRuns = 0;
        foreach (string line in SharedData.ReadLines("training/training_facts.jsonl"))
        {
            JsonElement run = JsonDocument.Parse(line).RootElement;
            JsonElement facts = run.GetProperty("facts");
            if (!facts.TryGetProperty("peak_flops_bf16_dense", out JsonElement peak))
            {
                withoutPeak.Add(run.GetProperty("id").GetString()!);
                continue;
            }

            JsonElement parameters = facts.TryGetProperty("params_active", out JsonElement active) ? active : facts.GetProperty("params_total");
            decimal operations = TrainingCompute.ComputeOperations(parameters.GetDecimal(), facts.GetProperty("tokens").GetDecimal());
            JsonElement[] checks = [.. run.GetProperty("checks").EnumerateArray()];
            Assert.Equal(checks[0].GetProperty("expected").GetDecimal(), operations);
            Assert.Equal(
                checks[1].GetProperty("expected").GetDecimal(),
                decimal.Round(TrainingCompute.ComputeUtilization(operations, peak.GetDecimal(), facts.GetProperty("gpu_hours").GetDecimal()), 4));
            checkedRuns++;
        }

        Assert.Equal(7, checkedRuns);
        Assert.Equal(["tr-ds-v3-total"], withoutPeak); // its stages and operations are N25 and N26 above
    }
}
