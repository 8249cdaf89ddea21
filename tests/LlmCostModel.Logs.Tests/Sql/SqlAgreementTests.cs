using System.Collections.Concurrent;
using LlmCostModel.Catalog;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>The exported prices of the whole catalog cost random calls what the library does, to the last digit. Calls at the desk are
/// fewer; <c>.ci/long sql</c> takes a million.</summary>
public sealed class SqlAgreementTests(ITestOutputHelper output)
{
    private const int AtTheDesk = 20_000;
    private const int Seed = 20261127;

    /// <summary>2^96 - 1 with 18 decimals.</summary>
    private const decimal GreatestAmount = 79228162514.264337593543950335m;

    /// <summary>The whole catalog, which takes longer to ask than to write.</summary>
    internal static readonly Lazy<(CostEstimator Estimator, SqlPriceWriter Writer, FilledTables Filled)> Catalog = new(() =>
    {
        LlmCostModelOptions options = new();
        CostEstimator estimator = BuiltInCatalog.CreateEstimator(options);
        SqlPriceWriter writer = new(estimator, options);
        return (estimator, writer, writer.Fill([]));
    });

    [Fact]
    public void DuckDb_RandomCalls_CostWhatTheLibrarySays()
    {
        using DuckDbEngine engine = new();
        Compare(engine);
    }

    [PostgreSqlFact]
    public void PostgreSql_RandomCalls_CostWhatTheLibrarySays()
    {
        using PostgreSqlEngine engine = new();
        Compare(engine);
    }

    [SqlToolsFact]
    public void ClickHouse_RandomCalls_CostWhatTheLibrarySays()
    {
        using ClickHouseEngine engine = new();
        Compare(engine);
    }

    /// <summary>Spark and Snowflake are not to be had here; their arithmetic and their joins are, in other engines.</summary>
    [Fact]
    public void SparkInDuckDb_RandomCalls_CostWhatTheLibrarySays()
    {
        using SparkInDuckDb engine = new();
        Compare(engine, AtTheDesk / 4);
    }

    [Fact]
    public void SnowflakeInDuckDb_RandomCalls_CostWhatTheLibrarySays()
    {
        using SnowflakeInDuckDb engine = new();
        Compare(engine, AtTheDesk / 4);
    }

    [PostgreSqlFact]
    public void BigQueryInPostgreSql_RandomCalls_CostWhatTheLibrarySays()
    {
        using BigQueryInPostgreSql engine = new();
        Compare(engine, AtTheDesk / 4);
    }

    private void Compare(SqlEngine engine, int atTheDesk = AtTheDesk)
    {
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        (CostEstimator estimator, SqlPriceWriter writer, FilledTables filled) = Catalog.Value;
        using StringWriter script = new();
        IReadOnlyList<string> losses = writer.Write(script, engine.Dialect, filled);
        engine.Start(script.ToString());
        output.WriteLine($"{losses.Count} losses, written and loaded in {watch.Elapsed.TotalSeconds:0.0} s");
        RandomCalls random = new(estimator, Seed)
        {
            Timed = ["deepseek-v4-flash", "deepseek-chat", "deepseek-reasoner", "deepseek-flash"],
        };
        SqlCall[] calls = [.. Enumerable.Range(0, SampleSize.OrGiven(atTheDesk)).Select(random.Next)];
        engine.Load(calls);
        watch.Restart();
        List<SqlCost> costs = engine.Rows();
        output.WriteLine($"{engine.Dialect}: {calls.Length} calls priced and read in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(calls.Length, costs.Count);
        ConcurrentDictionary<string, int> reached = new();
        ConcurrentQueue<string> differences = new();
        Parallel.ForEach(costs, cost =>
        {
            SqlCall call = calls[int.Parse(cost.Id!, System.Globalization.CultureInfo.InvariantCulture)];
            (string what, bool agrees) = Judge(estimator, call, cost);
            reached.AddOrUpdate(what, 1, (_, count) => count + 1);
            if (!agrees)
            {
                differences.Enqueue($"{what}: {call} {call.Usage}: {cost}");
            }
        });
        foreach ((string what, int count) in reached.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"{100.0 * count / calls.Length,6:0.00}% {what}");
        }

        Assert.True(differences.IsEmpty, $"{differences.Count} differ:\n{string.Join('\n', differences.Take(20))}");
        if (SampleSize.IsLimited)
        {
            return; // too few calls for each kind of answer
        }

        string[] wanted =
        [
            "priced", "partial", "unknownTokenPrice", "unknownTier", "retired", "noPriceAtInstant", "ambiguousProvider", "unknownModel",
            "missingTime", "tooManyTokens", "outsideHours",
        ];
        foreach (string what in wanted)
        {
            Assert.True(reached.ContainsKey(what), $"No call reached '{what}'.");
        }

        Assert.True(reached["priced"] > calls.Length / 10, "Too few calls are priced.");
        Assert.True(reached.GetValueOrDefault("notInSql") < calls.Length / 50, "Too many calls are not in the SQL.");
    }

    /// <summary>What a call reached, and whether its cost is right.</summary>
    private static (string What, bool Agrees) Judge(CostEstimator estimator, SqlCall call, SqlCost cost)
    {
        string kind = cost.Reason?.Split(':', ' ')[0] ?? cost.Status;
        string what = cost.Status == "partial" ? "partial" : kind;
        if (kind == "tooManyTokens")
        {
            // A usage record with such counts is rejected.
            return (what, cost is { Status: "unpriced", Total: null } && call.Counts.Sum(count => (decimal)(count ?? 0)) > long.MaxValue);
        }

        if (call.IsEmpty || string.IsNullOrEmpty(call.Model))
        {
            return (what, cost is { Status: "unpriced", Total: null } && kind is "unknownUsage" or "missingModel");
        }

        if (kind is "notInSql" or "missingTime" or "outsideHours")
        {
            return (what, cost is { Status: "unpriced", Total: null } && (kind != "missingTime" || call.At is null));
        }

        PricedCall priced = estimator.Price(call.ToModelCall());
        if (kind == "amountTooLarge")
        {
            bool isGreat = priced.Issues.Any(issue => issue.Kind == CostIssueKind.AmountTooLarge) || priced.Total?.Amount > GreatestAmount;
            return (what, cost is { Status: "unpriced", Total: null } && isGreat);
        }

        bool agrees = cost.Status.Equals(priced.Status.ToString(), StringComparison.OrdinalIgnoreCase)
            && cost.Total == priced.Total?.Amount
            && cost.Currency == priced.Total?.Currency
            && (cost.Status == "priced" ? cost.Reason is null : cost.Reason!.Split("; ").All(reason => IsReason(reason, priced)));
        return (what, agrees);
    }

    private static bool IsReason(string reason, PricedCall priced) => reason.Split(':', ' ')[0] switch
    {
        "unknownModelAtProvider" => priced.Issues.Any(issue => issue.Kind is CostIssueKind.UnknownModel or CostIssueKind.UnknownProvider),
        "unknownTokenPrice" => reason.Split(' ').Length - 1 == priced.Issues.Count(issue => issue.Kind == CostIssueKind.UnknownTokenPrice),
        var kind => priced.Issues.Any(issue => kind.Equals(issue.Kind.ToString(), StringComparison.OrdinalIgnoreCase)),
    };
}
