namespace LlmCostModel.Logs;

/// <summary>Lists when which prices of an id hold, as the library divides time.</summary>
/// <param name="estimator">Whom to ask.</param>
/// <param name="rates">The prices.</param>
/// <param name="tables">Where the rows go.</param>
/// <param name="hoursUntil">How far hours of the week are written out.</param>
internal sealed class PeriodTable(ICostEstimator estimator, RateTable rates, PriceTables tables, DateTimeOffset hoursUntil)
{
    /// <summary>Before the first and after the last date of any rate card: what holds then always did, and always will.</summary>
    internal static readonly DateTimeOffset Beginning = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc cref="Beginning"/>
    internal static readonly DateTimeOffset End = new(2169, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What has no end ends then in a table: after every instant that is looked up.</summary>
    internal static readonly DateTimeOffset Forever = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No provider sold calls by the hour before.</summary>
    internal static readonly DateTimeOffset HoursFrom = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int TicksPerMicrosecond = 10;

    private readonly Dictionary<string, int> _byContent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _hoursByContent = new(StringComparer.Ordinal);

    /// <summary>The key of the periods of an id.</summary>
    /// <param name="model">The id, as it was found.</param>
    /// <param name="id">The id that was asked for.</param>
    /// <param name="provider">The provider that was asked for.</param>
    internal int KeyOf(PricedModel model, string id, string? provider)
    {
        List<PeriodRow> rows = [];
        foreach (PeriodRow row in RowsOf(model, id, provider))
        {
            if (rows.Count > 0 && rows[^1] is { Hours: null } last && last with { Until = row.Until } == row with { From = last.From })
            {
                rows[^1] = last with { Until = row.Until };
            }
            else
            {
                rows.Add(row);
            }
        }

        string content = string.Join('\n', rows);
        if (!_byContent.TryGetValue(content, out int key))
        {
            _byContent.Add(content, key = _byContent.Count + 1);
            tables.Periods.AddRange(rows.Select(row => row with { Prices = key }));
        }

        return key;
    }

    private IEnumerable<PeriodRow> RowsOf(PricedModel model, string id, string? provider)
    {
        List<PricePeriod> sameDay = [];
        foreach (PricePeriod? period in PeriodsOf(model).Append(null))
        {
            if (period is not null && HasHours(period) && LossOf(period.Version!) is null)
            {
                sameDay.Add(period);
                continue;
            }

            if (sameDay.Count > 0)
            {
                yield return WithHours(sameDay, id, provider);
                sameDay.Clear();
            }

            if (period is not null)
            {
                yield return RowOf(period, id, provider);
            }
        }
    }

    /// <summary>The periods; of a time whose hours are not written out, one alone.</summary>
    private IEnumerable<PricePeriod> PeriodsOf(PricedModel model)
    {
        IReadOnlyList<PricePeriod> written = model.GetPricePeriods(HoursFrom, hoursUntil);
        return
        [
            .. HasHours(written[0]) ? [] : model.GetPricePeriods(Beginning, HoursFrom),
            .. written,
            .. HasHours(written[^1]) ? [] : model.GetPricePeriods(hoursUntil, End).TakeWhile(period => !HasHours(period)),
        ];
    }

    private PeriodRow RowOf(PricePeriod period, string id, string? provider)
    {
        PeriodRow row = new(0, TicksOf(period.From, Beginning), TicksOf(period.Until, End), null, null, null);
        TokenUsage nothing = default;
        CostReceipt receipt = estimator.Explain(id, in nothing, new CallContext { At = period.From, Provider = provider });
        if (period.Version is null)
        {
            return row with { Issue = receipt.Issues is [var issue, ..] ? SqlReason.Of(issue.Kind) : SqlReason.OutsideHours };
        }

        try
        {
            return LossOf(period.Version) is { } why
                ? throw new SqlLossException(why)
                : row with { Rates = rates.KeyOf(id, provider, period, receipt.Resolution!) };
        }
        catch (SqlLossException loss)
        {
            ModelResolution found = receipt.Resolution!;
            tables.Losses.Add($"'{found.ModelId}' of rate card '{found.RateCard}': {loss.Message}.");
            return row with { Issue = $"{SqlReason.NotInSql}: {loss.Message}" };
        }
    }

    private PeriodRow WithHours(List<PricePeriod> periods, string id, string? provider)
    {
        PeriodRow whole = new(0, TicksOf(periods[0].From, Beginning), TicksOf(periods[^1].Until, End), null, null, null);
        List<HourRow> hours = [];
        foreach (PricePeriod period in periods)
        {
            PeriodRow row = RowOf(period, id, provider);
            if (row.Rates is not { } key)
            {
                return whole with { Issue = row.Issue };
            }

            long until = TicksOf(period.Until)!.Value;
            for (long from = TicksOf(period.From)!.Value; from < until;)
            {
                long midnight = from - (from % TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay;
                hours.Add(new HourRow(0, from, Math.Min(until, midnight), key));
                from = midnight;
            }
        }

        string content = string.Join('\n', hours);
        if (!_hoursByContent.TryGetValue(content, out int hoursKey))
        {
            _hoursByContent.Add(content, hoursKey = _hoursByContent.Count + 1);
            tables.Hours.AddRange(hours.Select(row => row with { Hours = hoursKey }));
        }

        return whole with { Hours = hoursKey };
    }

    private static bool HasHours(PricePeriod period) => period.Version?.Rules.Any(rule => rule.When.Schedule is not null) == true;

    /// <summary>What a version charges that is more than tokens times a price; <see langword="null"/> when it does not.</summary>
    private static string? LossOf(PriceVersion version)
    {
        if (version.MinimumCharge > 0)
        {
            return "it has a minimum charge";
        }

        if (version.PerMeter.ContainsKey(MeterNames.Request))
        {
            return "it has a price per request";
        }

        return version.Never.Any(names => names.Any(name => TokenBuckets.TryParse(name, out _)))
            ? "it is not sold with some kinds of tokens"
            : version.Rules.Select(LossOf).FirstOrDefault(why => why is not null);
    }

    /// <summary>What a rule does that is more than tokens times a price; <see langword="null"/> when it does not.</summary>
    internal static string? LossOf(PriceRule rule) => rule switch
    {
        { Mode: RuleMode.Marginal } => $"rule '{rule.Name}' prices only a part of the call",
        { PercentFee: not null } or { FixedFee: not null } => $"rule '{rule.Name}' charges a fee",
        _ when rule.PerMeter.ContainsKey(MeterNames.Request) => $"rule '{rule.Name}' has a price per request",
        _ => null,
    };

    /// <summary>The first microsecond at or after an instant: engines count in microseconds, the library in tenths of them.</summary>
    private static long? TicksOf(DateTimeOffset instant, DateTimeOffset? open = null) => instant == open
        ? null
        : (instant.UtcTicks + TicksPerMicrosecond - 1) / TicksPerMicrosecond * TicksPerMicrosecond;
}
