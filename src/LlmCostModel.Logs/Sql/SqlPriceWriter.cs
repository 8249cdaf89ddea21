using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Writes the prices of an estimator as tables and views of SQL, for calls that are in a database already.</summary>
/// <remarks>
/// <para>The script needs a table or view <c>llmcost_usage</c>, whose columns <see cref="GetUsageTable"/> lists. It makes the tables
/// <c>llmcost_models</c>, <c>llmcost_periods</c>, <c>llmcost_hours</c>, <c>llmcost_regions</c> and <c>llmcost_rates</c>, anew when they
/// are there, and the views <c>llmcost_rows</c>, what each row cost, and <c>llmcost_calls</c>, what each call cost with those inside
/// it.</para>
/// <para>Status and amount are those of <see cref="ICostEstimator.Price"/>, to the last digit, for calls without meters and attributes.
/// What a table cannot say is null with a reason, never another number.</para>
/// </remarks>
public sealed class SqlPriceWriter
{
    private readonly ICostEstimator _estimator;
    private readonly LlmCostModelOptions _options;

    /// <summary>Makes a writer.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="options">The options that the estimator was made with.</param>
    /// <exception cref="ArgumentException">The options are strict: what has no price would throw, and is a row here.</exception>
    public SqlPriceWriter(ICostEstimator estimator, LlmCostModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Strict)
        {
            throw new ArgumentException("Strict options throw where something has no price. Leave Strict out for SQL.", nameof(options));
        }

        _estimator = estimator;
        _options = options;
    }

    /// <summary>Gets the statement that makes an empty table of calls, whose columns are those that the script reads.</summary>
    /// <param name="dialect">The engine.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dialect.</exception>
    public static string GetUsageTable(SqlDialect dialect)
    {
        SqlGrammar grammar = SqlGrammar.Of(Known(dialect));
        return $"CREATE TABLE {grammar.Prefix}llmcost_usage (id {grammar.Text}, parent {grammar.Text}, model {grammar.Text}, "
            + $"provider {grammar.Text}, at_utc {grammar.Instant}, tier {grammar.Text}, region {grammar.Text},\n  "
            + string.Join(", ", TokenBuckets.All.Select(row => $"{SqlText.ColumnOf(row)} {grammar.Count}")) + $"){grammar.EndOfTable};";
    }

    /// <summary>Writes the script.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="dialect">The engine.</param>
    /// <param name="ids">Further ids, in the spelling of the calls, which the library finds by its rules: SQL finds only what is written
    /// out. <see langword="null"/> for those of the rate cards and names of deployments alone.</param>
    /// <param name="hoursUntil">Until when prices are written out that depend on the hour of the week; calls from then on have none.
    /// <see langword="null"/> for two years after the rates were loaded.</param>
    /// <returns>What has a price that the tables do not have, a sentence each; in the script as well. Calls of it are unpriced.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hoursUntil"/> is not after 2020 and before 2169.</exception>
    /// <exception cref="NotSupportedException">An overlay, or a date of a rate card, is beyond what the tables can say.</exception>
    public IReadOnlyList<string> Write(
        TextWriter output, SqlDialect dialect, IEnumerable<string>? ids = null, DateTimeOffset? hoursUntil = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Write(output, Known(dialect), Fill(ids ?? [], hoursUntil));
    }

    /// <summary>Asks the library for all that a script says, whatever its dialect is.</summary>
    internal FilledTables Fill(IEnumerable<string> ids, DateTimeOffset? hoursUntil = null)
    {
        DateTimeOffset until = hoursUntil ?? new DateTimeOffset(_estimator.Rates.LoadedAt.UtcDateTime.Date, TimeSpan.Zero).AddYears(2);
        if (until <= PeriodTable.HoursFrom || until >= PeriodTable.End)
        {
            throw new ArgumentOutOfRangeException(
                nameof(hoursUntil), until, "Hours are written out until an instant from 2020 to 2168. Name one.");
        }

        Refuse();
        (PriceTables tables, string[] providers, RegionClasses regions) = ModelTable.Fill(_estimator, _options, ids, until);
        return new FilledTables(tables, providers, regions, until);
    }

    internal IReadOnlyList<string> Write(TextWriter output, SqlDialect dialect, FilledTables filled)
    {
        SqlGrammar grammar = SqlGrammar.Of(dialect);
        SqlQuery query = new(grammar, filled.Providers, filled.Regions);
        string[] losses = [.. filled.Tables.Losses];
        WriteHeader(output, dialect, filled.HoursUntil, losses);
        output.Write(grammar.Begin);
        foreach (string view in (string[])["llmcost_calls", "llmcost_rows"])
        {
            output.Write($"DROP VIEW IF EXISTS {grammar.Prefix}{view};\n");
        }

        new SqlTables(grammar).Write(output, filled.Tables);
        output.Write(query.Rows());
        output.Write(query.Calls());
        output.Write(grammar.End);
        return losses;
    }

    private static SqlDialect Known(SqlDialect dialect) => Enum.IsDefined(dialect)
        ? dialect
        : throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "There is no such dialect.");

    /// <summary>What concerns all prices, so that no table would be right.</summary>
    private void Refuse()
    {
        foreach (PriceOverlay overlay in _options.Overlays.Values)
        {
            foreach (PriceRule rule in overlay.Rules)
            {
                string? why = PeriodTable.LossOf(rule) ?? (rule.When.Schedule is null ? null : $"rule '{rule.Name}' has hours of the week");
                if (why is not null)
                {
                    throw new NotSupportedException($"Overlay '{overlay.Name}' cannot be written as SQL: {why}. Leave it out.");
                }
            }
        }

        if (DatesOf().FirstOrDefault(date => date <= PeriodTable.Beginning || date >= PeriodTable.End) is { Ticks: > 0 } far)
        {
            throw new NotSupportedException(
                $"A rate card has the date {AmountFormat.ToText(far)}; SQL is written for those from 1970 to 2168. Correct the date.");
        }
    }

    private IEnumerable<DateTimeOffset> DatesOf() => new IEnumerable<DateTimeOffset?>[]
    {
        _estimator.RateCards.SelectMany(card => card.Lifecycle).SelectMany(life => life.Events).Select(one => (DateTimeOffset?)one.From),
        _estimator.RateCards.SelectMany(card => card.Credit?.Worth ?? []).SelectMany(worth => new[] { worth.From, worth.Until }),
        Versions.SelectMany(version => new[] { version.From, version.Until }),
        Versions.SelectMany(version => version.Rules)
            .Concat(_options.Overlays.Values.SelectMany(overlay => overlay.Rules))
            .SelectMany(rule => new[] { rule.When.From, rule.When.Until }),
    }.SelectMany(dates => dates).OfType<DateTimeOffset>();

    private IEnumerable<PriceVersion> Versions => _estimator.RateCards.SelectMany(card => card.Models).SelectMany(model => model.Versions);

    private void WriteHeader(TextWriter output, SqlDialect dialect, DateTimeOffset until, string[] losses)
    {
        List<string> lines =
        [
            $"Prices of language models for {SqlGrammar.Of(dialect).Name}, written by llmcost catalog export --sql at "
                + $"{AmountFormat.ToText(_estimator.Rates.LoadedAt)}.",
            "It reads the table or view llmcost_usage, which has to be there, one row for every call and every call inside one (parent):",
            .. GetUsageTable(dialect).Split('\n'),
            "at_utc is in UTC, of the type above. Counts are disjoint; null is 0.",
            "The views llmcost_rows and llmcost_calls have the costs.",
            $"Prices by hours of the week are written out until {AmountFormat.ToText(until)}.",
            losses.Length == 0
                ? "Everything that has a price is in here."
                : string.Create(CultureInfo.InvariantCulture, $"Not in here, and unpriced ({losses.Length}):"),
            .. losses,
        ];
        foreach (string line in lines)
        {
            output.Write($"-- {VisibleText.OneLine(line)}\n");
        }
    }
}
