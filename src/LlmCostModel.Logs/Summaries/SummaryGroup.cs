namespace LlmCostModel.Logs;

/// <summary>The sums of the calls that have something in common.</summary>
public sealed class SummaryGroup
{
    private readonly ReasonCounts _reasons = new();
    private readonly Dictionary<string, SummaryMiss> _misses = new(StringComparer.Ordinal);
    private GroupSums _sums;

    internal SummaryGroup(IReadOnlyList<KeyValuePair<string, string?>> key) => Key = key;

    /// <summary>Gets what they have in common: the names of the keys and their values, <see langword="null"/> where the records do not
    /// say.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Key { get; }

    /// <summary>Gets how many calls there are; a sum whose log does not state of how many counts as one.</summary>
    public long Calls => Sums.Calls;

    /// <summary>Gets how many calls there are besides that a provider made inside of another call: of an advisor, a judge or a summary.
    /// They have the group of their own model, and count as wholly priced or not with the call that they are in.</summary>
    public long NestedCalls => Sums.NestedCalls;

    /// <summary>Gets how many of <see cref="Calls"/> are wholly priced.</summary>
    public long Priced => Sums.Priced;

    /// <summary>Gets how many of <see cref="Calls"/> are priced in part.</summary>
    public long Partial => Sums.Partial;

    /// <summary>Gets how many of <see cref="Partial"/> state counts that may be wrong or lack something, so that they may have cost more
    /// or less than is summed up.</summary>
    public long InDoubt => Sums.InDoubt;

    /// <summary>Gets how many of <see cref="Calls"/> have no price.</summary>
    public long Unpriced => Sums.Unpriced;

    /// <summary>Gets what was priced; <see langword="null"/> when nothing was.</summary>
    public Money? Total => Sums.Total.Value;

    /// <summary>Gets what was consumed.</summary>
    public TokenUsage Usage => Sums.Usage;

    /// <summary>Gets what was consumed besides tokens.</summary>
    public MeteredQuantities Meters => Sums.Meters ?? MeteredQuantities.Empty;

    /// <summary>Gets the part of the input that was read from the cache, from 0 to 1; <see langword="null"/> without input.</summary>
    public decimal? CacheHitRate => Usage.TotalInput == 0 ? null : (decimal)Usage.TotalCacheRead / Usage.TotalInput;

    /// <summary>Gets what the calls would have cost more without a cache: what was read cost less than fresh input, and what was written
    /// may have cost more. Negative when the cache cost more than it saved; <see langword="null"/> when nothing was cached, or the
    /// summary has no estimator to ask.</summary>
    public Money? CacheSaved => Sums.CacheSaved.Value;

    /// <summary>Gets why the cache missed, where the log says so, the most frequent reason first.</summary>
    public IReadOnlyList<SummaryMiss> CacheMisses =>
        [.. _misses.Values.OrderByDescending(miss => miss.Count).ThenBy(miss => miss.Reason, StringComparer.Ordinal)];

    /// <summary>Gets what was calculated and what the log reports, of the calls that are wholly priced and state a cost in the currency of
    /// the group; <see langword="null"/> when there are none.</summary>
    public CostDrift? Drift => Sums.Reported.Value is { } reported && Sums.Calculated.Value is { } calculated
        ? new CostDrift { Calculated = calculated, Reported = reported }
        : null;

    /// <summary>Gets what pools cover of the calls, with the calls inside of them; <see langword="null"/> when no coverage was
    /// given.</summary>
    public Money? Covered => Sums.Covered.Value;

    /// <summary>Gets what is left to pay of the calls, with the calls inside of them; <see langword="null"/> when no coverage was given. A
    /// lower bound unless <see cref="IsPaidKnown"/>.</summary>
    public Money? Paid => Sums.Paid.Value;

    /// <summary>Gets whether <see cref="Paid"/> is all that is left to pay.</summary>
    public bool IsPaidKnown => !Sums.IsPaidOpen;

    /// <summary>Gets why calls are not wholly priced, each reason once, the most frequent first.</summary>
    public IReadOnlyList<SummaryReason> Reasons => _reasons.All;

    internal ref GroupSums Sums => ref _sums;

    /// <summary>Takes the reasons of a call that is counted here.</summary>
    internal void AddReasons(PricedCall call, Money? missCost)
    {
        _reasons.Add(call.Issues, call.Main.Model, call.Call.Context.At);
        if (call.Call.Reading.CacheMiss is { } cause)
        {
            if (!_misses.TryGetValue(cause.Reason, out SummaryMiss? miss))
            {
                _misses[cause.Reason] = miss = new(cause.Reason);
            }

            miss.Add(cause, missCost);
        }
    }
}
