using System.Globalization;
using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Tests.Estimation;

/// <summary>
/// Random versions, dates and windows, all at quarters of an hour,
/// against estimates at every quarter of an hour and in the last tick of every period:
/// within a period no estimate changes, so where one changes a period begins.
/// </summary>
public class PricePeriodPropertyTests
{
    private const int QuartersOfDay = 96;
    private const int Days = 10;

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(1);

    private static readonly TokenUsage[] Usages =
    [
        new() { Input = 1_000_000 },
        new() { Input = 250_000, CacheRead = 600_000, Output = 7_000 },
        new() { Input = 190_000, Reasoning = 3 },
    ];

    private static readonly CallContext[] Contexts =
    [
        new() { Attributes = CallAttributes.Empty.With("quality", "low") },
        new() { Tier = "batch", Region = "eu", Attributes = CallAttributes.Empty.With("quality", "high") },
        new() { IncludeAnnounced = true },
    ];

    /// <summary>Zones and weeks in which their clocks change: by an hour, at a quarter to, by half an hour, for Ramadan, never.</summary>
    public static TheoryData<string, string> Clocks => new()
    {
        { "Europe/Berlin", "2026-03-22" },
        { "Europe/Berlin", "2026-10-18" },
        { "America/New_York", "2026-03-01" },
        { "America/New_York", "2026-10-25" },
        { "Pacific/Chatham", "2026-03-29" },
        { "Pacific/Chatham", "2026-09-20" },
        { "Australia/Lord_Howe", "2026-03-29" },
        { "Africa/Casablanca", "2026-02-10" },
        { "Asia/Kathmandu", "2026-05-01" },
        { "UTC", "2024-02-22" },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public void GetPricePeriods_AnyRates_ChangeExactlyWhereEstimatesDo(string zone, string week)
    {
        DateTimeOffset from = DateTimeOffset.Parse($"{week}T00:00:00Z", CultureInfo.InvariantCulture);

        SampleCounts reached = new();
        ModelOf(TimeZoneInfo.FindSystemTimeZoneById(zone), from).Sample(model => Check(model, from, from.AddDays(Days), reached), iter: 12);

        reached.AssertReached(("priced", 30), ("several prices", 90));
    }

    private static void Check(ModelPricing pricing, DateTimeOffset from, DateTimeOffset until, SampleCounts reached)
    {
        RateCard card = new() { Name = "card", Provider = "h", Currency = "USD", Models = [pricing] };
        PricedModel model = new CostEstimator(card).GetModel("m");
        foreach (CallContext context in Contexts)
        {
            IReadOnlyList<PricePeriod> periods = model.GetPricePeriods(from, until, in context);
            Assert.Equal(from, periods[0].From);
            Assert.Equal(until, periods[^1].Until);
            Assert.Equal(periods.Skip(1).Select(period => period.From), periods.SkipLast(1).Select(period => period.Until));
            Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.False(pair.First.HasSamePricesAs(pair.Second)));

            List<(PricePeriod Period, decimal?[] Amounts)> known = [];
            foreach (PricePeriod period in periods)
            {
                decimal?[] amounts = Amounts(model, in context, period.From);
                Assert.True(period.Version is not null || Array.TrueForAll(amounts, amount => amount is null));
                Assert.Equal(0, period.From.Ticks % Quarter.Ticks);
                for (DateTimeOffset at = period.From; at < period.Until; at += Quarter)
                {
                    AssertEqual(amounts, Amounts(model, in context, at), period, at);
                }

                AssertEqual(amounts, Amounts(model, in context, period.Until - OneTick), period, period.Until - OneTick);
                reached.Add(("priced", Array.TrueForAll(amounts, amount => amount is not null)), ("several prices", periods.Count > 1));
                int same = known.FindIndex(other => other.Period.HasSamePricesAs(period));
                if (same < 0)
                {
                    known.Add((period, amounts));
                }
                else
                {
                    AssertEqual(known[same].Amounts, amounts, known[same].Period, period.From);
                }
            }
        }
    }

    /// <summary>Compares without the costly collection assertions of xUnit, which would take most of the time.</summary>
    private static void AssertEqual(decimal?[] expected, decimal?[] actual, PricePeriod period, DateTimeOffset at)
    {
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            Assert.Fail($"{period}, at {at:O} calls cost {string.Join(", ", actual)}, not {string.Join(", ", expected)}");
        }
    }

    private static decimal?[] Amounts(PricedModel model, in CallContext context, DateTimeOffset at)
    {
        CallContext then = context with { At = at };
        return Array.ConvertAll(Usages, usage =>
        {
            CostEstimate estimate = model.Estimate(in usage, in then);
            return estimate.Status == CostStatus.Priced ? estimate.Total?.Amount : null;
        });
    }

    /// <summary>Up to three versions, of which the last may be announced, each with up to four rules.</summary>
    private static Gen<ModelPricing> ModelOf(TimeZoneInfo zone, DateTimeOffset start)
    {
        Gen<DateTimeOffset> instant = Gen.Int[-QuartersOfDay, (Days + 1) * QuartersOfDay].Select(quarters => start + (quarters * Quarter));
        Gen<PriceVersion> version = Gen.Select(Gen.Int[1, 9], RuleOf(zone, instant).Array[0, 4], (price, rules) => new PriceVersion
        {
            PerMillionTokens = new() { Input = price, CacheRead = 0.1m, Output = price + 10, Reasoning = price + 10 },
            Rules = [.. rules.Select((rule, index) => rule with { Name = $"rule {index}", Multiply = Factors[index] })],
        });

        return Gen.Select(version.Array[1, 3], instant.HashSet[4], Gen.Bool.Array[3], Gen.Bool, (versions, instants, hasUntil, announced) =>
        {
            DateTimeOffset[] edges = [.. instants.Order()];
            return new ModelPricing
            {
                Id = "m",
                Versions =
                [
                    .. versions.Select((version, index) => version with
                    {
                        From = index == 0 && versions.Length > 1 ? null : edges[index],
                        Until = hasUntil[index] ? edges[index + 1] : null,
                        Status = announced && index == 2 ? PriceStatus.Announced : PriceStatus.Confirmed,
                    }),
                ],
            };
        });
    }

    /// <summary>Prime factors, so that no two sets of rules have one price.</summary>
    private static readonly decimal[] Factors = [2, 3, 5, 7];

    private static Gen<PriceRule> RuleOf(TimeZoneInfo zone, Gen<DateTimeOffset> instant) => Gen.Select(
        Gen.Null(ScheduleOf(zone), 0.2),
        instant.HashSet[2],
        Gen.Enum<Bound>(),
        Gen.Enum<Other>(),
        Gen.Bool,
        (schedule, instants, bound, other, announced) => new PriceRule
        {
            Name = "r",
            Status = announced ? PriceStatus.Announced : PriceStatus.Confirmed,
            When = Ask(other, new PriceCondition
            {
                Schedule = schedule,
                From = bound is Bound.From or Bound.Both ? instants.Min() : null,
                Until = bound is Bound.Until or Bound.Both ? instants.Max() : null,
            }),
        });

    /// <summary>What a rule asks for beside time.</summary>
    private static PriceCondition Ask(Other other, PriceCondition when) => other switch
    {
        Other.Size => when with { Tokens = [new TokenThreshold(TokenBasis.TotalInput, ThresholdComparison.Above, 200_000)] },
        Other.Tier => when with { Tiers = ["batch"] },
        Other.Region => when with { Regions = ["eu"] },
        Other.Attribute => when with { Attributes = when.Attributes.Add("quality", ["high"]) },
        _ => when,
    };

    /// <summary>Up to three windows that do not overlap; the last one may go on into the next day.</summary>
    private static Gen<WeeklySchedule> ScheduleOf(TimeZoneInfo zone) => Gen.Select(
        Gen.Enum<DayOfWeek>().HashSet[0, 5],
        Gen.Int[0, QuartersOfDay - 1].HashSet[0, 6],
        Gen.Bool,
        (days, quarters, inZone) => new WeeklySchedule
        {
            Days = [.. days],
            Daily = [.. quarters.Order().Chunk(2).Where(pair => pair.Length == 2).Select(Window)],
            TimeZone = inZone ? zone : TimeZoneInfo.Utc,
        }).Select(Gen.Bool, (schedule, overMidnight) => overMidnight ? OverMidnight(schedule) : schedule);

    /// <summary>The gaps between windows instead of the windows: the last one crosses midnight.</summary>
    private static WeeklySchedule OverMidnight(WeeklySchedule schedule) => schedule with
    {
        Daily = [.. schedule.Daily.Select((window, index) => new DailyWindow(window.End, schedule.Daily[Next(schedule, index)].Start))],
    };

    private static int Next(WeeklySchedule schedule, int window) => (window + 1) % schedule.Daily.Length;

    private static DailyWindow Window(int[] quarters) =>
        new(TimeOnly.FromTimeSpan(quarters[0] * Quarter), TimeOnly.FromTimeSpan(quarters[1] * Quarter));

    private enum Bound
    {
        None,
        From,
        Until,
        Both,
    }

    private enum Other
    {
        Nothing,
        Size,
        Tier,
        Region,
        Attribute,
    }
}
