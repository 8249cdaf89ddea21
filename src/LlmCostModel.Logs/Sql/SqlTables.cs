namespace LlmCostModel.Logs;

/// <summary>Writes the tables.</summary>
internal sealed class SqlTables(SqlGrammar grammar)
{
    internal static readonly string[] Names =
        ["llmcost_models", "llmcost_periods", "llmcost_hours", "llmcost_regions", "llmcost_rates"];

    private static readonly string[] SizeColumns = ["total_input", "fresh_input", "total_output"];

    private readonly SqlText _text = new(grammar);

    private string[] Columns =>
    [
        $"model {Text}, provider {Text}, prices {grammar.Key}, tier {grammar.Text}, issue {grammar.Text}{Unique("model, provider")}",
        $"prices {Key}, valid_from {Instant}, valid_until {Instant}, rates {grammar.Key}, hours {grammar.Key}, issue {grammar.Text}",
        $"hours {Key}, day_utc {grammar.Day}{grammar.NotNull}, valid_from {Instant}, valid_until {Instant}, rates {Key}",
        $"rates {Key}, region_class {Text}, region {Text}{Unique("rates, region_class")}",
        $"rates {Key}, tier {Text}, region {Text},\n  "
            + string.Join(", ", SizeColumns.Select(name => $"{name}_from {Count}, {name}_to {Count}"))
            + $",\n  currency {grammar.Text}, attribute {grammar.Text}, depending {grammar.Text}, issue {grammar.Text},\n  "
            + string.Join(", ", TokenBuckets.All.Select(row => $"{SqlText.ColumnOf(row)} {grammar.Price}")),
    ];

    private string Text => grammar.Text + grammar.NotNull;

    private string Key => grammar.Key + grammar.NotNull;

    private string Count => grammar.Count + grammar.NotNull;

    private string Instant => grammar.Instant + grammar.NotNull;

    internal void Write(TextWriter output, PriceTables tables)
    {
        IEnumerable<IEnumerable<string>>[] rows =
        [
            tables.Models.Select(row => Cells(
                _text.Of(row.Model), _text.Of(row.Provider), SqlText.Of(row.Prices), _text.Of(row.Tier), _text.Of(row.Issue))),
            tables.Periods.Select(row => Cells(
                SqlText.Of(row.Prices),
                _text.OfInstant(row.From ?? PeriodTable.Beginning.UtcTicks),
                _text.OfInstant(row.Until ?? PeriodTable.Forever.UtcTicks),
                SqlText.Of(row.Rates),
                SqlText.Of(row.Hours),
                _text.Of(row.Issue))),
            tables.Hours.Select(row => Cells(
                SqlText.Of(row.Hours),
                _text.OfDay(row.From),
                _text.OfInstant(row.From),
                _text.OfInstant(row.Until),
                SqlText.Of(row.Rates))),
            tables.Regions.Select(row => Cells(SqlText.Of(row.Rates), _text.Of(row.RegionClass), _text.Of(row.Region))),
            tables.Rates.Select(Cells),
        ];
        for (int i = 0; i < Names.Length; i++)
        {
            string name = grammar.Prefix + Names[i];
            output.Write($"DROP TABLE IF EXISTS {name};\nCREATE TABLE {name} (\n  {Columns[i]}){grammar.EndOfTable};\n");
            _text.WriteRows(output, Names[i], rows[i]);
        }
    }

    private string Unique(string columns) => grammar.HasKeys ? $",\n  PRIMARY KEY ({columns})" : "";

    private static string[] Cells(params string[] cells) => cells;

    private IEnumerable<string> Cells(RateRow row) =>
    [
        SqlText.Of(row.Rates),
        _text.Of(row.Tier),
        _text.Of(row.Region),
        .. row.Size.From.Zip(row.Size.To, (from, to) =>
            new[] { SqlText.Of(from), SqlText.Of(to ?? long.MaxValue) }).SelectMany(pair => pair),
        _text.Of(row.Prices.Currency),
        _text.Of(row.Prices.Attribute),
        _text.Of(row.Prices.Depending),
        _text.Of(row.Prices.Issue),
        .. row.Prices.PerMillion.Select(_text.OfPrice),
    ];
}
