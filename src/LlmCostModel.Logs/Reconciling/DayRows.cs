namespace LlmCostModel.Logs;

/// <summary>Puts the two sides of each day and model together.</summary>
internal static class DayRows
{
    /// <summary>The rows, in their order.</summary>
    public static List<DayRow> Join(LogSide logs, BillSide bills)
    {
        ILookup<(DateOnly, string), DayKey> logKeys =
            logs.Days.Keys.Select(day => day.Key).Distinct().ToLookup(key => (key.Day, key.Model));
        Dictionary<DayKey, Sides> sides = [];
        foreach (((DayKey key, string currency), LogDay day) in logs.Days)
        {
            Of(sides, key).Log[currency] = day;
        }

        foreach (((DayKey key, string currency), (BillDay day, bool isUnknown)) in bills.Days)
        {
            Sides side = Of(sides, KeyInLog(key, logKeys));
            side.Bill[currency] = day;
            side.IsUnknown |= isUnknown;
        }

        return
        [
            .. sides.OrderBy(side => side.Key.Day).ThenBy(side => side.Key.Provider, StringComparer.Ordinal)
                .ThenBy(side => side.Key.Model, StringComparer.Ordinal)
                .SelectMany(side => Rows(side.Key, side.Value, bills)),
        ];
    }

    /// <summary>The sums of every currency.</summary>
    public static List<ReconciliationTotal> Totals(IReadOnlyList<DayRow> rows) =>
    [
        .. rows.Where(row => row.Currency is not null).GroupBy(row => row.Currency!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
            {
                ReconciledDay[] differing =
                    [.. group.Select(row => row.Result).Where(day => day.Status != ReconciliationStatus.Equal)];
                return new ReconciliationTotal(group.Key)
                {
                    Log = group.Sum(row => row.Result.Log ?? 0),
                    Bill = group.Sum(row => row.Result.Bill ?? 0),
                    Days = group.Count(),
                    Equal = group.Count() - differing.Length,
                    Explained =
                    [
                        .. differing.Where(day => day.Causes.Count > 0).GroupBy(day => day.Causes[0].Kind)
                            .Select(cause => (cause.Key, cause.Count(), cause.Sum(day => day.Difference)))
                            .OrderByDescending(cause => Math.Abs(cause.Item3)).ThenBy(cause => cause.Key),
                    ],
                    Unexplained = differing.Where(day => day.Causes.Count == 0).Sum(day => day.Difference),
                };
            }),
    ];

    private static Sides Of(Dictionary<DayKey, Sides> sides, DayKey key)
    {
        if (!sides.TryGetValue(key, out Sides? side))
        {
            sides[key] = side = new();
        }

        return side;
    }

    /// <summary>A bill that does not say who bills has the calls of whoever the log says, where that is one.</summary>
    private static DayKey KeyInLog(DayKey key, ILookup<(DateOnly, string), DayKey> logKeys)
    {
        DayKey[] same = [.. logKeys[(key.Day, key.Model)]];
        return same.Contains(key) || same.Length != 1 ? key : same[0];
    }

    private static IEnumerable<DayRow> Rows(DayKey key, Sides side, BillSide bills)
    {
        LogDay? unpriced = side.Log.GetValueOrDefault("");
        string[] currencies = [.. side.Log.Keys.Concat(side.Bill.Keys).Where(currency => currency.Length > 0).Distinct().Order()];
        bool isShared = side.Log.Keys.Intersect(side.Bill.Keys).Any();
        bool areOther = !isShared && side.Bill.Count > 0 && side.Log.Keys.Any(currency => currency.Length > 0);
        if (currencies.Length == 0)
        {
            yield return Row(key, null, unpriced, null, bills, side.IsUnknown, isOther: false, unpriced);
        }

        for (int i = 0; i < currencies.Length; i++)
        {
            LogDay? log = side.Log.GetValueOrDefault(currencies[i]) ?? (i == 0 && currencies.Length == 1 ? unpriced : null);
            BillDay? bill = side.Bill.GetValueOrDefault(currencies[i]);
            yield return Row(key, currencies[i], log, bill, bills, side.IsUnknown, areOther, i == 0 ? unpriced : null);
        }
    }

    private static DayRow Row(
        DayKey key, string? currency, LogDay? log, BillDay? bill, BillSide bills, bool isUnknown, bool isOther, LogDay? unpriced)
    {
        bool isApart = unpriced is not null && !ReferenceEquals(unpriced, log);
        if (isApart && log is not null)
        {
            (log.Calls, log.Unpriced) = (log.Calls + unpriced!.Calls, log.Unpriced + unpriced.Unpriced);
            log.Reason ??= unpriced.Reason;
        }

        decimal? logAmount = log is { HasPrice: true } ? log.Amount : null;
        decimal tolerance = bills.ToleranceOf(bill);
        bool isEqual = Math.Abs((bill?.Amount ?? 0) - (logAmount ?? 0)) <= tolerance;
        ReconciledDay result = new(key.Day, key.Model)
        {
            Provider = key.Provider.Length == 0 ? null : key.Provider,
            Currency = currency,
            Log = logAmount,
            Bill = bill?.Amount,
            Tolerance = tolerance,
            Status = isOther ? ReconciliationStatus.OtherCurrency
                : isEqual && (log is null || log.Unpriced == 0 || logAmount is not null) ? ReconciliationStatus.Equal
                : isUnknown && log is null ? ReconciliationStatus.UnknownName
                : log is null ? ReconciliationStatus.MissingInLog
                : bill is null ? ReconciliationStatus.MissingInBill
                : ReconciliationStatus.Different,
            Tokens = log is not null && bill is { HasTokens: true } ? TokenKinds.Of(log, bill) : [],
            Calls = log?.Calls ?? 0,
            Partial = log?.Partial ?? 0,
            Unpriced = log?.Unpriced ?? 0,
            Names = [.. bill?.Names ?? []],
        };
        DayRow row = new(key, currency, log, bill, result);
        if (result.Status == ReconciliationStatus.UnknownName)
        {
            row.Add(
                ReconciliationCauseKind.UnknownName,
                "The name is not tied to one model that has a price. Say in ReconciliationOptions.Names which it is.");
        }
        else if (isOther)
        {
            row.Add(ReconciliationCauseKind.Currency, "The other side is in another currency, and amounts of two are not compared.");
        }

        return row;
    }

    /// <summary>What both sides have of a day and model, by currency.</summary>
    private sealed class Sides
    {
        public SortedDictionary<string, LogDay> Log { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, BillDay> Bill { get; } = new(StringComparer.Ordinal);

        public bool IsUnknown { get; set; }
    }
}
