namespace LlmCostModel;

/// <summary>What is left to pay of a part of a call while it draws on pools.</summary>
internal sealed class UnpaidPart
{
    private const StringComparison SameName = StringComparison.OrdinalIgnoreCase;

    private readonly string? _currency;
    private readonly string? _creditUnit;
    private decimal? _money; // null where nothing is priced
    private decimal? _credits;
    private decimal? _covered;

    /// <param name="part">The part.</param>
    /// <param name="isInDoubt">Whether what the call consumed is not wholly known.</param>
    internal UnpaidPart(PricedPart part, bool isInDoubt)
    {
        (_money, _currency) = (part.Estimate.Total?.Amount, part.Estimate.Total?.Currency);
        (_credits, _creditUnit) = (part.Credits?.Amount, part.Credits?.Unit);
        IsRestKnown = !isInDoubt && part.Estimate.Status == CostStatus.Priced;
    }

    /// <summary>Whether <see cref="Rest"/> is all that is left to pay.</summary>
    internal bool IsRestKnown { get; private set; }

    /// <summary>What is left to pay; <see langword="null"/> where nothing is priced.</summary>
    internal Money? Rest => _money is { } amount ? new Money(amount, _currency!) : null;

    /// <summary>What pools covered; <see langword="null"/> when none did, or what they covered has no price.</summary>
    internal Money? Covered => _covered is { } amount ? new Money(amount, _currency!) : null;

    /// <summary>Takes from a pool what is left in it, as far as it is needed.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="left">What is left in it; <see langword="null"/> for one that covers everything.</param>
    /// <param name="drawn">What was taken; <see langword="null"/> when that has no price.</param>
    /// <param name="unit">What it was taken in: credits or a currency.</param>
    /// <returns>Whether anything was taken.</returns>
    internal bool TryTake(PrepaidPool pool, decimal? left, out decimal? drawn, out string? unit)
    {
        bool inCredits = pool.Unit is null ? left is null && _credits is not null : pool.Unit.Equals(_creditUnit, SameName);
        (decimal? needed, unit) = inCredits ? (_credits, _creditUnit) : (_money, _currency);
        drawn = needed;
        if (_money == 0 && IsRestKnown)
        {
            return false; // nothing is left to pay
        }

        if (left is null)
        {
            Cover(_money);
            IsRestKnown = true;
            return true;
        }

        if (left == 0 || needed is null or 0 || !unit!.Equals(pool.DrawnIn, SameName))
        {
            return false;
        }

        drawn = Math.Min(needed.Value, left.Value);
        Cover(drawn == needed ? _money : Part(_money!.Value, drawn.Value, needed.Value));
        return true;
    }

    /// <summary>Takes an amount of money off what is left, and as large a part of the credits.</summary>
    private void Cover(decimal? share)
    {
        if (share is not { } amount || _money is not { } money)
        {
            return;
        }

        decimal rest = ExactSum.Of(money, -amount);
        _credits = _credits is { } credits && money != 0 ? Part(credits, rest, money) : _credits;
        _covered = ExactSum.Of(_covered ?? 0, amount);
        _money = rest;
    }

    /// <summary>An amount times a fraction: exact, or rounded half to even at the last digit that fits.</summary>
    private static decimal Part(decimal amount, decimal numerator, decimal denominator) =>
        (Rational.From(amount) * Rational.From(numerator) / Rational.From(denominator)).ToDecimal(out _);
}
