namespace LlmCostModel.Logs;

/// <summary>What calls cost by kind of token and by meter, in each currency.</summary>
/// <param name="converter">What amounts are converted by; <see langword="null"/> for nothing.</param>
internal sealed class ReportKinds(CurrencyConverter? converter)
{
    /// <summary>The name of what is charged for a call as a whole: a minimum, a percentage, a fee.</summary>
    private const string Fees = "fees";

    private readonly Dictionary<(string? Currency, int Place, string Name), Sums> _kinds = [];

    /// <summary>The kinds, by currency and in the order of a receipt.</summary>
    public IEnumerable<ReportKind> Rows => _kinds
        .OrderBy(kind => kind.Key.Currency is null).ThenBy(kind => kind.Key.Currency, StringComparer.Ordinal)
        .ThenBy(kind => kind.Key.Place).ThenBy(kind => kind.Key.Name, StringComparer.Ordinal)
        .Select(kind => new ReportKind(kind.Key.Name, kind.Value.Quantity.ToDecimal(out _), kind.Value.Amount.Value));

    public void Add(PricedCall call)
    {
        foreach (PricedPart part in call.Parts)
        {
            Add(call, part);
        }
    }

    private void Add(PricedCall call, PricedPart part)
    {
        ExactSum rest = default;
        rest.Add(part.Estimate.Total?.Amount ?? 0);
        TokenUsage usage = part.Usage.GetValueOrDefault();
        for (int i = 0; i < TokenBuckets.All.Length; i++)
        {
            TokenBucketInfo row = TokenBuckets.All[i];
            if (usage[row.Bucket] is not 0 and long tokens)
            {
                Add(call, part, i, row.JsonName, tokens, part.Estimate.GetAmount(row.Bucket), ref rest);
            }
        }

        foreach ((string meter, decimal quantity) in part.Meters)
        {
            string name = char.ToLowerInvariant(meter[0]) + meter[1..];
            Add(call, part, TokenBuckets.All.Length, name, quantity, part.Estimate.GetAmount(meter), ref rest);
        }

        decimal fees = rest.ToDecimal(out _);
        if (fees != 0)
        {
            Add(call, part, int.MaxValue, Fees, 1, fees, ref rest);
        }
    }

    private void Add(
        PricedCall call, PricedPart part, int place, string name, decimal quantity, decimal? amount, ref ExactSum rest)
    {
        Money? money = part.Estimate.Total is { } total && amount is { } known ? new Money(known, total.Currency) : null;
        rest.Add(-(money?.Amount ?? 0));
        money = money is { } priced && converter is not null ? converter.TryConvert(priced, call.At) ?? priced : money;
        (string?, int, string) key = (money?.Currency, place, name);
        Sums sums = _kinds.GetValueOrDefault(key) ?? (_kinds[key] = new());
        sums.Quantity.Add(quantity);
        if (money is { } added)
        {
            sums.Amount.Add(added);
        }
    }

    private sealed class Sums
    {
        public ExactSum Quantity;
        public MoneySum Amount;
    }
}

/// <summary>A kind of token or a meter: how much of it, and what it cost; null where it has no price.</summary>
internal readonly record struct ReportKind(string Name, decimal Quantity, Money? Amount);
