namespace LlmCostModel.Logs;

/// <summary>Finds why a day and model differ: by pricing its calls as they may have been billed, and comparing with what was.</summary>
internal sealed class CauseFinder(SumPricer pricer)
{
    /// <summary>With more ways in which calls were made, it is not tried whether some of them were billed otherwise.</summary>
    private const int MostGroups = 6;

    private readonly Alternatives _alternatives = new(pricer);

    /// <summary>Finds the causes in a day and model itself.</summary>
    public void Find(DayRow row)
    {
        if (row is { IsCompared: true, Log: { } log, Bill: { } bill })
        {
            FindAlternatives(row, log, bill);
            FindCounts(row, log);
            if (row.Causes.Count == 0)
            {
                FindTokens(row);
            }
        }

        if (row.Log is { } calls && calls.Partial + calls.Unpriced > 0)
        {
            row.Add(ReconciliationCauseKind.Incomplete, Incomplete(calls));
        }
    }

    private static string Incomplete(LogDay log)
    {
        string[] counts =
        [
            .. log.Unpriced > 0 ? (string[])[FormattableString.Invariant($"{log.Unpriced} without a price")] : [],
            .. log.Partial > 0 ? (string[])[FormattableString.Invariant($"{log.Partial} priced in part")] : [],
        ];
        return $"Of its calls in the log, {string.Join(" and ", counts)}: {log.Reason}";
    }

    private void FindAlternatives(DayRow row, LogDay log, BillDay bill)
    {
        Dictionary<LogSum, SumPrice> own = [];
        foreach (LogSum sum in log.Sums)
        {
            if (pricer.Own(sum) is { } price)
            {
                own[sum] = price;
            }
        }

        if (own.Count < log.Sums.Count)
        {
            return; // a price depends on more than the sums that are kept
        }

        List<(ReconciliationCause Cause, bool Fits)> found = [];
        void Try(ReconciliationCauseKind kind, string text, Func<LogSum, SumPrice?> priceOf)
        {
            if (Total(log.Sums, priceOf) is { } price && row.IsBilled(price.Total) && Math.Abs(price.Total - log.Amount) > row.Tolerance)
            {
                found.Add((new(kind, text), !bill.HasTokens || TokenKinds.AreBilled(price.ByBucket, bill, row.Tolerance)));
            }
        }

        var groups = log.Sums.GroupBy(sum => (sum.Context.Tier, sum.Context.Batch, sum.Context.Region)).ToArray();
        foreach (Alternative alternative in _alternatives.Of(row.Key.Day, log.Sums))
        {
            int before = found.Count;
            Try(alternative.Kind, alternative.Text, alternative.Price);
            if (found.Count == before && alternative.MayBeOfSome && groups.Length is > 1 and <= MostGroups)
            {
                foreach (var group in groups)
                {
                    HashSet<LogSum> some = [.. group];
                    Try(
                        alternative.Kind,
                        $"{alternative.Text[..^1]} for the calls of {Describe(group.Key)}.",
                        sum => some.Contains(sum) ? alternative.Price(sum) : own[sum]);
                }
            }
        }

        if (own.Values.Sum(price => price.Total - price.Tokens) != 0)
        {
            Try(
                ReconciliationCauseKind.Meters,
                "The bill charges what is not tokens under another name.",
                sum => own[sum] with { Total = own[sum].Tokens });
        }

        bool isAnyFit = found.Any(one => one.Fits);
        row.Causes.AddRange(found.Where(one => one.Fits == isAnyFit).Select(one => one.Cause));
    }

    private static SumPrice? Total(IEnumerable<LogSum> sums, Func<LogSum, SumPrice?> priceOf)
    {
        ExactSum total = default;
        Dictionary<TokenBucket, decimal> tokens = [];
        foreach (LogSum sum in sums)
        {
            if (priceOf(sum) is not { } price)
            {
                return null;
            }

            total.Add(price.Total);
            foreach ((TokenBucket bucket, decimal amount) in price.ByBucket)
            {
                tokens[bucket] = tokens.GetValueOrDefault(bucket) + amount;
            }
        }

        return new(total.ToDecimal(out _), tokens);
    }

    private static string Describe((string? Tier, bool? Batch, string? Region) group) =>
        $"tier '{(group.Batch == true ? ServiceTiers.Batch : group.Tier ?? ServiceTiers.Standard)}'"
        + (group.Region is null ? "" : $" in region '{group.Region}'");

    /// <summary>Twice, once too often, or once too few.</summary>
    private static void FindCounts(DayRow row, LogDay log)
    {
        decimal amount = log.Amount;
        if (amount != 0 && row.IsBilled(amount * 2))
        {
            row.Add(ReconciliationCauseKind.CountedTwice, "The bill is twice the log.");
        }
        else if (amount != 0 && row.IsBilled(amount / 2))
        {
            row.Add(ReconciliationCauseKind.CountedTwice, "The log is twice the bill.");
        }

        if (log.Repeated != 0 && row.IsBilled(amount + log.Repeated))
        {
            row.Add(
                ReconciliationCauseKind.Repeated,
                FormattableString.Invariant(
                    $"The bill charges each of {log.RepeatedRecords} records that repeat calls by their ids; the log counts a call once."));
        }

        if (log.Calls > 1 && log.FindCall(-row.Result.Difference, row.Tolerance) is { } call)
        {
            row.Add(
                ReconciliationCauseKind.Call,
                call.Count == 1
                    ? FormattableString.Invariant($"The bill lacks what one call cost: record {call.Record}.")
                    : FormattableString.Invariant(
                        $"The bill lacks what one call cost, such as record {call.Record}: {call.Count} calls cost as much."));
        }
    }

    /// <summary>Other numbers of tokens, where both sides count them.</summary>
    private static void FindTokens(DayRow row)
    {
        string[] differences =
        [
            .. row.Result.Tokens.Where(kind => kind.BillTokens is { } billed && billed != kind.LogTokens).Select(kind =>
            {
                decimal more = kind.BillTokens!.Value - kind.LogTokens;
                string name = TokenBuckets.Get(kind.Bucket).JsonName;
                return $"{AmountFormat.ToText(Math.Abs(more))} {name} tokens {(more > 0 ? "more" : "less")}";
            }),
        ];
        if (differences.Length > 0)
        {
            row.Add(
                ReconciliationCauseKind.Tokens,
                $"The bill counts {string.Join(", ", differences)} than the log: calls are missing on one side.");
        }
    }
}
