using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>What one call cost: a status, an exact amount and the amount of every bucket.</summary>
/// <remarks>
/// Exact, despite the name: amounts are in the currency of <see cref="Total"/> and nothing is rounded, with one exception that a receipt
/// marks:
/// a metered amount whose decimals never end (1.00 for 3,600 seconds) is rounded half to even at the 28th digit. <see langword="default"/>
/// is
/// <see cref="CostStatus.Unpriced"/> without a reason. The type is immutable.
/// </remarks>
public partial struct CostEstimate : IEquatable<CostEstimate>
{
    private TokenUsage _usage;
    private PriceRow? _row;
    // Null on the hot path; a CallCalculation, the CostIssue of a call that has no price, a StoredEstimate that was read from JSON, or what
    // its issues are written of when they are read.
    private object? _details;
    private decimal _total; // or, of a call at an instant without a price, that instant in UTC ticks
    private CostStatus _status;

    /// <summary>A call of tokens that all have a price, which the hot path does not reach.</summary>
    internal CostEstimate(in TokenUsage usage, PriceRow row, decimal total)
    {
        _usage = usage;
        _row = row;
        _total = total;
        _status = CostStatus.Priced;
    }

    /// <summary>A call that is more than tokens, or not wholly priced.</summary>
    internal CostEstimate(in TokenUsage usage, PriceRow row, CallCalculation calculation)
    {
        _usage = usage;
        _row = row;
        _total = calculation.Total;
        _details = calculation;
        _status = calculation.Status;
    }

    /// <summary>A call of tokens of which some have no price, or none has; the reasons are written when they are read.</summary>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="row">The prices.</param>
    /// <param name="total">The exact cost of what has a price; <see langword="null"/> when nothing has.</param>
    /// <param name="facts">What <see cref="PriceRow.TryKeepFacts"/> took of the context.</param>
    internal CostEstimate(in TokenUsage usage, PriceRow row, decimal? total, object? facts)
    {
        _usage = usage;
        _row = row;
        _total = total.GetValueOrDefault();
        _details = facts;
        _status = total is null ? CostStatus.Unpriced : CostStatus.Partial;
    }

    /// <summary>A call at an instant at which the model has no price; the reason is written when it is read.</summary>
    internal CostEstimate(in TokenUsage usage, CompiledPricing pricing, long utcTicks)
    {
        _usage = usage;
        _details = pricing;
        _total = utcTicks;
    }

    /// <summary>A call that has no price at all.</summary>
    internal CostEstimate(in TokenUsage usage, CostIssue issue)
    {
        _usage = usage;
        _details = issue;
    }

    /// <summary>A call of a known model that consumed something unknown.</summary>
    internal CostEstimate(PriceRow? row, CostIssue issue)
    {
        _row = row;
        _details = issue;
    }

    /// <summary>Gets whether everything, a part or nothing was priced.</summary>
    public readonly CostStatus Status => _status;

    /// <summary>Gets the exact total; <see langword="null"/> when nothing was priced, a lower bound when only a part was.</summary>
    public readonly Money? Total => Status == CostStatus.Unpriced ? null : new Money(_total, Currency!);

    /// <summary>Gets the canonical id of the model; <see langword="null"/> when it is not known.</summary>
    public readonly string? Model => Stored is { } stored ? stored.Model : _row?.Version.Pricing.Model.Id;

    /// <summary>Gets the provider whose prices were used; <see langword="null"/> when the rate card names none or nothing was
    /// priced.</summary>
    public readonly string? Provider => Stored is { } stored ? stored.Provider : _row?.Version.Pricing.Card.Provider;

    /// <summary>Gets the name of the rate card that was used; <see langword="null"/> when nothing was priced.</summary>
    public readonly string? RateCard => Stored is { } stored ? stored.RateCard : _row?.Version.Pricing.Card.Name;

    /// <summary>Gets the usage that was priced.</summary>
    public readonly TokenUsage Usage => _usage;

    /// <summary>Gets the reasons why the cost, or a part of it, is not known; empty when all is priced.</summary>
    public readonly IReadOnlyList<CostIssue> Issues => _details switch
    {
        CostIssue issue => [issue],
        CallCalculation calculation => calculation.Issues,
        StoredEstimate stored => stored.Issues,
        CompiledPricing pricing => [PricingIssues.NoVersion(pricing, new DateTimeOffset((long)_total, TimeSpan.Zero))],
        _ => _row is null || _status == CostStatus.Priced ? [] : CalculateAgain(_row).Issues,
    };

    /// <summary>Gets the amount of one token bucket, without charges on the call as a whole: exact, or, where a decimal cannot hold it,
    /// rounded half to even at the last digit that fits.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <returns>The amount in the currency of <see cref="Total"/>, 0 when the call used no such tokens; <see langword="null"/> when their
    /// price is not known.</returns>
    public readonly decimal? GetAmount(TokenBucket bucket)
    {
        long count = _usage[bucket];
        if (Stored is { } stored)
        {
            return stored.GetAmount(TokenBuckets.Get(bucket).JsonName, count != 0);
        }

        if (_row is null || _details is CostIssue)
        {
            return null;
        }

        if (IsMarginal)
        {
            return new MarginalSplit(_row.Version, _row.Combination, in _usage).GetAmount(bucket);
        }

        return count != 0 && _row.IsUnknown(bucket) ? null : _row.Multiply(bucket, count, out _);
    }

    /// <summary>Gets the amount of one meter.</summary>
    /// <param name="meter">The name of the meter; case does not matter.</param>
    /// <returns>The amount in the currency of <see cref="Total"/>, 0 when the call consumed none; <see langword="null"/> when its price is
    /// not known.</returns>
    public readonly decimal? GetAmount(string meter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(meter);
        if (Stored is { } stored)
        {
            return stored.GetAmount(meter, isUsed: false);
        }

        return _row is null || _details is CostIssue ? null : _details is CallCalculation calculation ? calculation.GetAmount(meter) : 0;
    }

    /// <summary>Gets the exact total and insists that everything was priced.</summary>
    /// <returns>The total.</returns>
    /// <exception cref="UnpricedException">Something was not priced; the message gives the reasons.</exception>
    public readonly Money GetRequiredTotal()
    {
        if (_status != CostStatus.Priced)
        {
            ThrowUnpriced();
        }

        return new Money(_total, Currency!);
    }

    /// <summary>Determines whether two estimates are the same result for the same usage.</summary>
    /// <param name="other">The estimate to compare with.</param>
    /// <returns><see langword="true"/> if every property and every amount is equal.</returns>
    public readonly bool Equals(CostEstimate other) => StoredEstimate.Of(in this) == StoredEstimate.Of(in other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is CostEstimate other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Status, Total, Model, _usage);

    /// <summary>Shows amount, currency and, when something is missing, the reasons, in the invariant culture.</summary>
    /// <returns>Such as <c>0.001394 USD</c> or <c>unpriced: No price for model ...</c>.</returns>
    public override readonly string ToString() => Status switch
    {
        CostStatus.Priced => $"{Total}",
        CostStatus.Partial => $"at least {Total}: {string.Join(" ", Issues)}",
        _ => Issues.Count == 0 ? "unpriced" : $"unpriced: {string.Join(" ", Issues)}",
    };

    /// <summary>Compares as <see cref="Equals(CostEstimate)"/> does.</summary>
    /// <param name="left">The first estimate.</param>
    /// <param name="right">The second estimate.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public static bool operator ==(CostEstimate left, CostEstimate right) => left.Equals(right);

    /// <summary>Compares as <see cref="Equals(CostEstimate)"/> does.</summary>
    /// <param name="left">The first estimate.</param>
    /// <param name="right">The second estimate.</param>
    /// <returns><see langword="true"/> if they differ.</returns>
    public static bool operator !=(CostEstimate left, CostEstimate right) => !left.Equals(right);

    /// <summary>The hot path: prices tokens by one row, directly into the result, which is too large to be copied for nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryMultiply(PriceRow row, in TokenUsage usage, ref CostEstimate result)
    {
        if (!row.TryMultiply(in usage, out result._usage, out result._total))
        {
            return false;
        }

        result._row = row;
        result._details = null;
        result._status = CostStatus.Priced;
        return true;
    }

    internal readonly CallCalculation? Calculation => _details as CallCalculation;

    internal readonly PriceRow? Row => _row;

    private readonly CallCalculation CalculateAgain(PriceRow row) => new(
        row.Version,
        row.Combination,
        in _usage,
        meters: null,
        new CallContext { Region = _details as string, Attributes = _details as CallAttributes });

    [DoesNotReturn]
    private readonly void ThrowUnpriced() => throw new UnpricedException(Issues);

    private readonly string? Currency =>
        Status == CostStatus.Unpriced ? null : Stored is { } stored ? stored.Total?.Currency : _row!.Version.Pricing.Card.Currency;

    private readonly bool IsMarginal =>
        !((_row!.Combination.Matched | _row.Combination.Unknown) & _row.Version.MarginalRules).IsEmpty;
}
