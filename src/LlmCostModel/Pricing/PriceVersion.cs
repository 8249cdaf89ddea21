using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>What a model charges during one period: base prices and the rules that change them.</summary>
/// <remarks>The type is immutable.</remarks>
public sealed partial record PriceVersion
{
    private readonly EquatableArray<PriceRule> _rules;
    private readonly EquatableMap<string, MeterPrice> _perUnit;
    private readonly EquatableMap<TokenBucket, TokenBucket> _billedAs;
    private readonly Uncompared<string?> _path;
    private readonly EquatableArray<ImmutableArray<string>> _never;

    /// <summary>The most rules that a version may have, overlays included: a call's rules are one bit each of a 64-bit number.</summary>
    internal const int MaxRules = 64;

    private static readonly ImmutableSortedDictionary<TokenBucket, TokenBucket> NoSubstitutes = ImmutableSortedDictionary<
        TokenBucket,
        TokenBucket
    >.Empty;

    /// <summary>Gets the first instant of the period; <see langword="null"/> when there is no known beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets what is known of the beginning: whether <see cref="From"/> is the first reading only, or the price that of the
    /// launch.</summary>
    public PriceBeginning Beginning { get; init; }

    /// <summary>Gets the first instant after the period; <see langword="null"/> means until the next version begins.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets how sure the prices are; announced ones apply only when asked.</summary>
    public PriceStatus Status { get; init; }

    /// <summary>Gets the page that states the prices; <see langword="null"/> means that of the card.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the day on which the prices were read; <see langword="null"/> means that of the card.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets what the reading rests on.</summary>
    public PriceBasis Basis { get; init; }

    /// <summary>Gets the first instant from which on the provider no longer promises the price, as of a promotion; <see langword="null"/>
    /// when nothing is said. The price holds after it, and results say that it is not promised.</summary>
    public DateTimeOffset? GuaranteedUntil { get; init; }

    /// <summary>Gets a remark for readers of the card; <see langword="null"/> means none.</summary>
    public string? Note { get; init; }

    /// <summary>Gets the base prices of tokens, per 1,000,000 tokens.</summary>
    public TokenRates PerMillionTokens { get; init => field = value ?? TokenRates.None; } = TokenRates.None;

    /// <summary>Gets the base prices of meters, by name.</summary>
    public ImmutableSortedDictionary<string, MeterPrice> PerMeter { get => _perUnit.Or(MeterPrice.None); init => _perUnit = value; }

    /// <summary>Gets the buckets that have no price of their own and are billed at the price of another one, such as reasoning as output. A
    /// rule that names either of them changes it, once.</summary>
    public ImmutableSortedDictionary<TokenBucket, TokenBucket> BilledAs { get => _billedAs.Or(NoSubstitutes); init => _billedAs = value; }

    /// <summary>Gets the values that the provider assumes for attributes that a call does not give.</summary>
    public CallAttributes Defaults { get; init => field = value ?? CallAttributes.Empty; } = CallAttributes.Empty;

    /// <summary>Gets the least that a call costs which consumed anything, in the card's currency, before fees; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal MinimumCharge { get; init => field = RateGuard.NotNegative(value, nameof(MinimumCharge)); }

    /// <summary>Gets the rules in order of application.</summary>
    public ImmutableArray<PriceRule> Rules { get => _rules; init => _rules = value; }

    /// <summary>Gets the combinations that the provider does not sell: names of rules, tiers, buckets or meters that cannot occur in one
    /// call.</summary>
    public ImmutableArray<ImmutableArray<string>> Never { get => _never; init => _never = value.OrEmpty(); }

    /// <summary>Gets where the version was read from; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get => _path.Value; init => _path = new(value); }
}
