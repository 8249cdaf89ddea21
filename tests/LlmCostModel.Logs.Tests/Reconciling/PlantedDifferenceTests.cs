using System.Globalization;

namespace LlmCostModel.Logs.Tests.Reconciling;

/// <summary>A random log, and a bill that a pricer of the test's own makes, by rates written here: equal but for what is planted. What is
/// found is that, and no more.</summary>
public class PlantedDifferenceTests
{
    private static readonly int[] Days = [2, 3, 4, 5, 6];

    private static readonly string[] Models = ["m-1", "m-2"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Differences_Planted_AreThoseFound(int seed)
    {
        Random random = new(seed);
        List<(int Day, string Model, Usage Usage)> calls = [];
        List<string> log = [];
        foreach (int day in Days)
        {
            foreach (string model in Models)
            {
                for (int i = random.Next(2, 9); i > 0; i--)
                {
                    Usage usage = Usage.Random(random, model);
                    calls.Add((day, model, usage));
                    log.Add(Acme.Call(day, model, usage.Json));
                }
            }
        }

        Dictionary<(int Day, string Model), string> planted = [];
        List<(int, string, string)> bill = [];
        foreach (var row in calls.GroupBy(call => (call.Day, call.Model)))
        {
            Usage[] usages = [.. row.Select(call => call.Usage)];
            string? kind = planted.Count < 3 && random.Next(4) == 0 ? KindOf(random, row.Key.Model) : null;
            if (kind is not null)
            {
                planted[row.Key] = kind;
            }

            if (Billed(kind, row.Key.Model, usages) is { } amount)
            {
                bill.Add((row.Key.Day, row.Key.Model, decimal.Round(amount, 6).ToString("0.000000", CultureInfo.InvariantCulture)));
            }
        }

        if (random.Next(2) == 0)
        {
            planted[(20, "m-2")] = "MissingInLog";
            bill.Add((20, "m-2", "1.234567"));
        }

        ReconciliationResult result = Acme.Compare(Acme.Bill([.. bill]), [.. log]);

        Assert.Equal(
            planted.Keys.OrderBy(row => row.Day).ThenBy(row => row.Model, StringComparer.Ordinal),
            result.Days.Where(day => day.Status != ReconciliationStatus.Equal).Select(day => (day.Day.Day, day.Model)));
        Assert.All(planted, row =>
        {
            ReconciledDay day = result.Days.Single(day => (day.Day.Day, day.Model) == row.Key);
            string[] found = [day.Status.ToString(), .. day.Causes.Select(cause => cause.Kind.ToString())];
            Assert.True(row.Value == "Nothing" ? day.Causes.Count == 0 : found.Contains(row.Value), $"{day}: {row.Value}, found {string.Join(", ", found)}");
        });
        Assert.Equal(bill.Sum(row => decimal.Parse(row.Item3, CultureInfo.InvariantCulture)), Assert.Single(result.Totals).Bill);
        Assert.Equal(calls.Sum(call => call.Usage.Price(call.Model, 1)), result.Totals[0].Log);
    }

    private static string KindOf(Random random, string model)
    {
        string[] kinds = model == "m-1"
            ? ["Tier", "Region", "Provider", "CacheRead", "CacheWrite", "CountedTwice", "Call", "MissingInBill", "PriceVersion", "Nothing"]
            : ["CountedTwice", "Call", "MissingInBill", "Nothing"];
        return kinds[random.Next(kinds.Length)];
    }

    /// <summary>What the bill has of a row: m-1 in a batch at half, in the EU at 1.1, after its change of price at half; by beta at 2.30,
    /// 0.25, 3, 5 and 11.</summary>
    private static decimal? Billed(string? kind, string model, Usage[] usages) => kind switch
    {
        null => usages.Sum(usage => usage.Price(model, 1)),
        "Tier" => usages.Sum(usage => usage.Price(model, 1.75m)),
        "Region" => usages.Sum(usage => usage.Price(model, 1.1m)),
        "PriceVersion" => usages.Sum(usage => usage.Price(model, 0.5m)),
        "Provider" => usages.Sum(usage => usage.At(2.3m, 0.25m, 3, 5, 11)),
        "CacheRead" => usages.Sum(usage => (usage with { Input = usage.Input + usage.Read, Read = 0 }).Price(model, 1)),
        "CacheWrite" => usages.Sum(usage => (usage with { Write = 0, WriteHour = usage.Write + usage.WriteHour }).Price(model, 1)),
        "CountedTwice" => 2 * usages.Sum(usage => usage.Price(model, 1)),
        "Call" => usages.Skip(1).Sum(usage => usage.Price(model, 1)),
        "MissingInBill" => null,
        _ => usages.Sum(usage => usage.Price(model, 1)) * 1.0371m,
    };

    private sealed record Usage(long Input, long Read, long Write, long WriteHour, long Output)
    {
        public string Json => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"input":{{Input}},"cacheRead":{{Read}},"cacheWrite5m":{{Write}},"cacheWrite1h":{{WriteHour}},"output":{{Output}}}""");

        public static Usage Random(Random random, string model)
        {
            long Next() => random.Next(10_000, 2_000_000);
            return model == "m-1" ? new(Next(), Next(), Next(), Next(), Next()) : new(Next(), 0, 0, 0, Next());
        }

        /// <summary>m-1 costs 2, 0.20, 2.50, 4 and 10 a million; m-2 3 and 7.</summary>
        public decimal Price(string model, decimal factor) => factor * (model == "m-1" ? At(2, 0.2m, 2.5m, 4, 10) : At(3, 0, 0, 0, 7));

        public decimal At(decimal input, decimal read, decimal write, decimal writeHour, decimal output) =>
            ((Input * input) + (Read * read) + (Write * write) + (WriteHour * writeHour) + (Output * output)) / 1_000_000;
    }
}
