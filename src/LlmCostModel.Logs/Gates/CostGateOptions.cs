namespace LlmCostModel.Logs;

/// <summary>How a <see cref="CostGate"/> compares two runs.</summary>
public sealed class CostGateOptions
{
    /// <summary>Gets or sets how much more a scenario, and all of them together, may cost: 0.05 is 5 percent.</summary>
    /// <value>Default 0.05, at least 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal MaximumIncrease
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaximumIncrease));
            field = value;
        }
    } = 0.05m;

    /// <summary>Gets or sets how much more an average run of a scenario, and of all of them together, may cost as an amount, besides <see
    /// cref="MaximumIncrease"/>: both limits hold. It is in the currency of the costs, which has to be one.</summary>
    /// <value>Default <see langword="null"/>: there is no such limit. At least 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? MaximumIncreaseAmount
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value.GetValueOrDefault(), nameof(MaximumIncreaseAmount));
            field = value;
        }
    }

    /// <summary>Gets or sets what tells scenarios apart.</summary>
    /// <value>Default <see langword="null"/>: the tag <c>scenario</c>; where no call has it, all calls are compared as one.</value>
    public SummaryKey? Scenario { get; set; }

    /// <summary>Gets or sets what tells repeated runs of a side apart.</summary>
    /// <value>Default <see langword="null"/>: the tag <c>run</c>, or else <c>iteration</c>; where no call has one of them, each side is
    /// one run.</value>
    public SummaryKey? Run { get; set; }

    /// <summary>Gets or sets how sure a verdict is to be where runs repeat: of comparisons of what did not change, so many have every
    /// scenario within noise.</summary>
    /// <value>Default 0.95, at least 0.5 and at most 0.9999.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public decimal Confidence
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0.5m, nameof(Confidence));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0.9999m, nameof(Confidence));
            field = value;
        }
    } = 0.95m;

    /// <summary>Gets or sets the instant at whose prices the calls of both runs are compared.</summary>
    /// <value>Default <see langword="null"/>: that of the last call of the head, else of the base, else now.</value>
    public DateTimeOffset? At { get; set; }

    /// <summary>Gets or sets whether scenarios that only one of the runs has are left out of the total.</summary>
    /// <value>Default <see langword="false"/>: the total is that of all calls.</value>
    public bool OnlyCommon { get; set; }

    /// <summary>Gets or sets whether every record counts that tells of a call, also where several tell of the same: for runs that play
    /// recorded responses again.</summary>
    /// <value>Default <see langword="false"/>: each call counts once in each of the two runs.</value>
    public bool KeepDuplicates { get; set; }

    /// <summary>Gets or sets what amounts are converted by before they are compared.</summary>
    /// <value>Default <see langword="null"/>: currencies are compared one by one.</value>
    public CurrencyConverter? Converter { get; set; }

    /// <summary>Gets or sets the clock, for calls that state no time.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider Clock { get; set => field = value ?? TimeProvider.System; } = TimeProvider.System;
}
