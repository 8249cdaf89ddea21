namespace LlmCostModel.Logs;

/// <summary>Writes the rows of the tables.</summary>
internal static class SqlTables
{
    internal static readonly string[] Names =
        ["llmcost_models", "llmcost_periods", "llmcost_hours", "llmcost_regions", "llmcost_rates"];

    private static readonly string Rate = $"DECIMAL({ProbedPrices.WholeDigits + ProbedPrices.Decimals}, {ProbedPrices.Decimals})";

    private static readonly string[] Columns =
    [
        "model TEXT NOT NULL, provider TEXT NOT NULL, prices INTEGER, tier TEXT, issue TEXT,\n  PRIMARY KEY (model, provider)",
        "prices INTEGER NOT NULL, valid_from TIMESTAMP NOT NULL, valid_until TIMESTAMP NOT NULL, rates INTEGER, hours INTEGER, issue TEXT",
        "hours INTEGER NOT NULL, day_utc DATE NOT NULL, valid_from TIMESTAMP NOT NULL, valid_until TIMESTAMP NOT NULL, "
            + "rates INTEGER NOT NULL",
        "rates INTEGER NOT NULL, region_class TEXT NOT NULL, region TEXT NOT NULL,\n  PRIMARY KEY (rates, region_class)",
        "rates INTEGER NOT NULL, tier TEXT NOT NULL, region TEXT NOT NULL,\n  "
            + string.Join(", ", SizeColumns.Select(name => $"{name}_from BIGINT NOT NULL, {name}_to BIGINT NOT NULL")) + ",\n  "
            + "currency TEXT, attribute TEXT, depending TEXT, issue TEXT,\n  "
            + string.Join(", ", TokenBuckets.All.Select(row => $"{SqlText.ColumnOf(row)} {Rate}")),
    ];

    private static string[] SizeColumns => ["total_input", "fresh_input", "total_output"];

    internal static void Write(TextWriter output, PriceTables tables)
    {
        IEnumerable<IEnumerable<string>>[] rows =
        [
            tables.Models.Select(row => Cells(
                SqlText.Of(row.Model), SqlText.Of(row.Provider), SqlText.Of(row.Prices), SqlText.Of(row.Tier), SqlText.Of(row.Issue))),
            tables.Periods.Select(row => Cells(
                SqlText.Of(row.Prices),
                row.From is { } from ? SqlText.OfInstant(from) : "'-infinity'",
                row.Until is { } until ? SqlText.OfInstant(until) : "'infinity'",
                SqlText.Of(row.Rates),
                SqlText.Of(row.Hours),
                SqlText.Of(row.Issue))),
            tables.Hours.Select(row => Cells(
                SqlText.Of(row.Hours),
                SqlText.OfDay(row.From),
                SqlText.OfInstant(row.From),
                SqlText.OfInstant(row.Until),
                SqlText.Of(row.Rates))),
            tables.Regions.Select(row => Cells(SqlText.Of(row.Rates), SqlText.Of(row.RegionClass), SqlText.Of(row.Region))),
            tables.Rates.Select(Cells),
        ];
        for (int i = 0; i < Names.Length; i++)
        {
            output.Write($"DROP TABLE IF EXISTS {Names[i]};\nCREATE TABLE {Names[i]} (\n  {Columns[i]});\n");
            SqlText.WriteRows(output, Names[i], rows[i]);
        }
    }

    private static string[] Cells(params string[] cells) => cells;

    private static IEnumerable<string> Cells(RateRow row) =>
    [
        SqlText.Of(row.Rates),
        SqlText.Of(row.Tier),
        SqlText.Of(row.Region),
        .. row.Size.From.Zip(row.Size.To, (from, to) =>
            new[] { SqlText.Of(from), SqlText.Of(to ?? long.MaxValue) }).SelectMany(pair => pair),
        SqlText.Of(row.Prices.Currency),
        SqlText.Of(row.Prices.Attribute),
        SqlText.Of(row.Prices.Depending),
        SqlText.Of(row.Prices.Issue),
        .. row.Prices.PerMillion.Select(price => price ?? "NULL"),
    ];
}
