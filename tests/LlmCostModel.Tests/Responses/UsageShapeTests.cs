using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>Random usage, written in every shape that can say it, is read back as the same usage and costs the same; or there is a
/// reason. What is added to a shape is never lost.</summary>
public sealed class UsageShapeTests
{
    private static readonly CostEstimator Estimator = Cards.Model("""
        "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite": 4, "CacheWrite5m": 3.75, "CacheWrite1h": 6, "Output": 15, "Reasoning": 17 }
        """);

    private static int Cases => SampleSize.OrGiven(SampleSize.Of(10_000, atTheDesk: 1_500));

    [Fact]
    public void Read_EveryShape_GivesTheSameUsageAndCost()
    {
        SortedDictionary<string, int> said = new(StringComparer.Ordinal);
        ForAll(IsDecided, (usage, shape, rendered, _) =>
        {
            decimal cost = ((usage.Input * 3m) + (usage.CacheRead * 0.3m) + (usage.CacheWrite * 4m) + (usage.CacheWrite5m * 3.75m)
                + (usage.CacheWrite1h * 6m) + (usage.Output * 15m) + (usage.Reasoning * 17m)) / 1_000_000;
            UsageReading reading = Read(rendered);
            Assert.Equal(shape.Tier, reading.Served.Tier);
            UsageReading standard = reading with { Served = default };
            PricedCall priced = Estimator.Price(new ModelCall { Reading = standard, RequestedModel = "m" });

            Assert.Equal((UsageStatus.Complete, null, usage), (reading.Status, reading.Reason, reading.Usage));
            Assert.Equal((CostStatus.Priced, cost), (priced.Status, priced.Total?.Amount));
            said[shape.Name] = said.GetValueOrDefault(shape.Name) + 1;
        });
        Assert.Equal(UsageShapes.All.Select(shape => shape.Name).Order(StringComparer.Ordinal), said.Keys);
    }

    [Fact]
    public void Read_ShapeThatDoesNotSayWhereTheCacheIs_IsRefused() => ForAll(
        (shape, usage) => !IsDecided(shape, usage),
        (_, _, rendered, _) => Assert.Equal(UsageFaultKind.Ambiguous, Assert.Throws<UsageFormatException>(() => Read(rendered)).Kind));

    /// <summary>A count that no document names, at a random depth, is named with its value.</summary>
    [Fact]
    public void Read_EveryShapeWithACountMore_NamesIt() => ForAll(CanHoldMore, (usage, shape, rendered, random) =>
    {
        string name = Pick(random, "haptic_tokens", "hapticTokenCount", "map_requests", "audio_seconds", "pages", "dream-output");
        long value = random.NextInt64(1, 1_000);
        JsonObject[] places = shape.HasRepeats
            ? [rendered.Usage]
            : [rendered.Usage, .. rendered.Usage.Select(pair => pair.Value).OfType<JsonObject>()];
        JsonObject place = places[random.Next(places.Length)];
        place[name] = random.Next(3) == 0 ? new JsonObject { ["all"] = value } : value;
        UsageReading reading = Read(rendered);

        Assert.Equal((UsageStatus.Partial, usage), (reading.Status, reading.Usage));
        Assert.Contains(name, reading.Reason, StringComparison.Ordinal);
        Assert.Contains(value.ToString(CultureInfo.InvariantCulture), reading.Reason, StringComparison.Ordinal);
    });

    /// <summary>A total that holds more is a lower bound with the gap named, thoughts where Gemini hides them, or undecided; one that holds
    /// less is impossible.</summary>
    [Fact]
    public void Read_EveryShapeWithAnotherTotal_SaysSo() => ForAll((shape, _) => shape.HasTotal, (usage, shape, rendered, random) =>
    {
        string total = rendered.Total!;
        long all = usage.TotalInput + usage.TotalOutput;
        long gap = random.NextInt64(1, 1_000_000);
        rendered.Usage[total] = all + gap;
        string? fault = TryRead(rendered, out UsageReading reading);
        if (fault is not null)
        {
            Assert.Contains("ambiguous", fault, StringComparison.Ordinal);
        }
        else if (reading.Usage is { } read && read.TotalInput + read.TotalOutput == all + gap)
        {
            // The gap is what the shape may count apart: thoughts, or a cache as large by chance.
            Assert.True(shape.HidesReasoning || gap == usage.Reasoning || gap == usage.CacheRead + usage.CacheWrite
                || gap == usage.Reasoning + usage.CacheRead + usage.CacheWrite, $"{shape}: {reading}");
        }
        else
        {
            // Where the shape leaves it to the total whether reasoning is inside, it is taken to be.
            long hidden = all + gap - (reading.Usage?.TotalInput + reading.Usage?.TotalOutput ?? 0);
            Assert.Equal((UsageStatus.Partial, usage.TotalInput), (reading.Status, reading.Usage?.TotalInput));
            Assert.True(hidden == gap || hidden == gap + usage.Reasoning, $"{shape}: {reading}");
            Assert.Contains($" {hidden} tokens that no count explains", reading.Reason, StringComparison.Ordinal);
        }

        long less = random.NextInt64(1, all + 1);
        rendered.Usage[total] = all - less;
        fault = TryRead(rendered, out reading);
        if (fault is null)
        {
            // A total of 0 is not stated; and one that leaves out what stands apart is that of another way to count.
            Assert.True(
                all == less || reading.Status == UsageStatus.Partial || reading.Usage?.TotalInput + reading.Usage?.TotalOutput == all - less,
                $"{shape}: {usage} with a total of {all - less}: {reading}");
        }
    });

    private static bool IsDecided(UsageShape shape, TokenUsage usage) =>
        !shape.IsAmbiguousWithCache || usage.CacheRead + usage.CacheWrite == 0;

    private static bool CanHoldMore(UsageShape shape, TokenUsage usage) => shape.IsBlock && IsDecided(shape, usage);

    private static void ForAll(Func<UsageShape, TokenUsage, bool> applies, Action<TokenUsage, UsageShape, RenderedUsage, Random> check)
    {
        for (int i = 0; i < Cases; i++)
        {
            Random random = new(i);
            TokenUsage usage = Any(random);
            foreach (UsageShape shape in UsageShapes.All.Where(shape => shape.CanSay(usage) && applies(shape, usage)))
            {
                RenderedUsage rendered = shape.Render(usage);
                try
                {
                    check(usage, shape, rendered, random);
                }
                catch (Exception exception)
                {
                    string body = string.Join('\n', rendered.Body.Select(one => one.ToJsonString()));
                    throw new InvalidOperationException($"Case {i}, {shape}, {usage}: {exception.Message}\n{body}", exception);
                }
            }
        }
    }

    private static TokenUsage Any(Random random)
    {
        int writes = random.Next(4); // none, of the default, or by time to live
        return new TokenUsage
        {
            Input = Count(1),
            CacheRead = random.Next(2) * Count(0),
            CacheWrite = writes == 1 ? Count(0) : 0,
            CacheWrite5m = writes >= 2 ? Count(0) : 0,
            CacheWrite1h = writes == 3 ? Count(0) : 0,
            Output = Count(1),
            Reasoning = random.Next(2) * Count(0),
        };

        long Count(long least) => random.NextInt64(least, Pick(random, 3L, 100L, 300_000L, 5_000_000_000L));
    }

    private static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];

    private static UsageReading Read(RenderedUsage rendered) => rendered.Body.Length == 1
        ? UsageReader.Read(rendered.Body[0].ToJsonString())
        : UsageReader.ReadStream(Encoding.UTF8.GetBytes(string.Join('\n', rendered.Body.Select(one => one.ToJsonString()))));

    private static string? TryRead(RenderedUsage rendered, out UsageReading reading)
    {
        try
        {
            reading = Read(rendered);
            return null;
        }
        catch (UsageFormatException exception)
        {
            reading = default;
            return exception.Message;
        }
    }
}
