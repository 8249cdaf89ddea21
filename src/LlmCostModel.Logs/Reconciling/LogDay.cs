namespace LlmCostModel.Logs;

/// <summary>What a log has of a day and model, in one currency.</summary>
internal sealed class LogDay
{
    /// <summary>So many amounts of single calls are kept, to find one that is missing.</summary>
    private const int MostAmounts = 1_000;

    private readonly Dictionary<LogSumKey, LogSum> _sums = [];
    private readonly Dictionary<decimal, (long Record, long Count)> _amounts = [];
    private ExactSum _amount;
    private ExactSum _repeated;

    public IReadOnlyCollection<LogSum> Sums => _sums.Values;

    public decimal Amount => _amount.ToDecimal(out _);

    /// <summary>What records cost that repeat calls.</summary>
    public decimal Repeated => _repeated.ToDecimal(out _);

    public long RepeatedRecords { get; private set; }

    public long Calls { get; set; }

    public long Partial { get; set; }

    public long Unpriced { get; set; }

    /// <summary>The first reason why a call has no price.</summary>
    public string? Reason { get; set; }

    public bool HasPrice => _sums.Count > 0;

    public void Add(long record, LogSumKey key, PricedPart part, decimal amount, DateTimeOffset at)
    {
        if (!_sums.TryGetValue(key, out LogSum? sum))
        {
            _sums[key] = sum = new(key, at, part.Estimate.RateCard, part.Estimate.Model ?? "", part.Usage ?? default);
        }

        sum.Add(part, amount);
        _amount.Add(amount);
        if (_amounts.TryGetValue(amount, out (long Record, long Count) same))
        {
            _amounts[amount] = (same.Record, same.Count + 1);
        }
        else if (_amounts.Count < MostAmounts)
        {
            _amounts[amount] = (record, 1);
        }
    }

    /// <summary>Counts a record of a call that may be repeated, or takes it back when it is the one that counts.</summary>
    public void AddRepeated(decimal amount, int records)
    {
        _repeated.Add(amount);
        RepeatedRecords += records;
    }

    /// <summary>The calls that cost as much; <see langword="null"/> when there is none.</summary>
    public (long Record, long Count)? FindCall(decimal amount, decimal tolerance)
    {
        foreach ((decimal one, (long Record, long Count) call) in _amounts)
        {
            if (one != 0 && Math.Abs(one - amount) <= tolerance)
            {
                return call;
            }
        }

        return null;
    }
}
