using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Usage that is paid for already: what a plan includes, credits that were bought, a committed amount, reserved capacity. Calls
/// draw on it before they cost anything more.</summary>
/// <remarks>A pool changes no price: a call costs what it costs, and <see cref="PoolAccounts"/> says how much of that a pool covers and how
/// much is to be paid. An empty list is not a condition. The type is immutable.</remarks>
public sealed partial record PrepaidPool
{
    private readonly EquatableArray<string> _providers;
    private readonly EquatableArray<string> _models;
    private readonly EquatableArray<string> _tiers;
    private readonly Uncompared<string?> _path;

    /// <summary>Gets the name that results show.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the providers whose calls draw on it; empty means all.</summary>
    public ImmutableArray<string> Providers { get => _providers; init => _providers = value; }

    /// <summary>Gets the canonical ids of the models whose calls draw on it; empty means all.</summary>
    public ImmutableArray<string> Models { get => _models; init => _models = value; }

    /// <summary>Gets the service tiers whose calls draw on it, such as that of reserved capacity; empty means all.</summary>
    public ImmutableArray<string> Tiers { get => _tiers; init => _tiers = value; }

    /// <summary>Gets how much it covers in a period, greater than 0, in <see cref="Unit"/> or <see cref="Currency"/>; <see
    /// langword="null"/> means every call that draws on it, as of a flat fee or reserved capacity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than 0.</exception>
    public decimal? Amount
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Amount), value, "A pool holds more than 0. Leave it out where it covers all.");
    }

    /// <summary>Gets the credits that <see cref="Amount"/> is in, by their <see cref="CreditUnit.Name"/>; <see langword="null"/> when it is
    /// in <see cref="Currency"/>. A pool of credits covers only prices in these credits.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the ISO 4217 code of the currency of <see cref="Fee"/>, and of <see cref="Amount"/> without a <see cref="Unit"/>, in
    /// upper case; <see langword="null"/> where there is neither.</summary>
    public string? Currency { get; init => field = value?.ToUpperInvariant(); }

    /// <summary>Gets how often it is filled again; what was left is lost then.</summary>
    public PoolPeriod Period { get; init; }

    /// <summary>Gets the first instant at which it can be drawn on, from which its periods count; <see langword="null"/> when it was always
    /// there, with the periods of the calendar in UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the first instant at which it can no longer be drawn on; <see langword="null"/> when it has no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets what it costs per period, used or not, in <see cref="Currency"/>; <see langword="null"/> when it is not known, 0 for
    /// nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Fee { get; init => field = RateGuard.NotNegative(value, nameof(Fee)); }

    /// <summary>Gets what <see cref="Amount"/> is in: credits, or a currency; <see langword="null"/> without an amount.</summary>
    public string? DrawnIn => Amount is null ? null : Unit ?? Currency;

    /// <summary>Where the pool stands in its configuration, for faults; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get => _path.Value; init => _path = new(value); }

    /// <summary>Whether a call draws on it.</summary>
    /// <param name="provider">Who bills the call.</param>
    /// <param name="model">The canonical id of the model, or that which was asked for.</param>
    /// <param name="tier">The tier that was served; <see langword="null"/> for the standard one.</param>
    /// <param name="at">The instant of the call.</param>
    internal bool Covers(string? provider, string? model, string? tier, DateTimeOffset at) =>
        !(at < From)
        && !(at >= Until)
        && Names(Providers, provider)
        && Names(Models, model)
        && (Tiers.IsEmpty || Tiers.Any(name => ServiceTiers.Normalize(name)
            .Equals(ServiceTiers.Normalize(tier ?? ServiceTiers.Standard), StringComparison.OrdinalIgnoreCase)));

    /// <summary>The first instant of the period that an instant lies in.</summary>
    internal DateTimeOffset PeriodOf(DateTimeOffset at)
    {
        DateTimeOffset first = (From ?? FirstOfCalendar()).ToUniversalTime();
        DateTimeOffset instant = at.ToUniversalTime();
        return Period switch
        {
            PoolPeriod.Once => first,
            PoolPeriod.Hour => first + Whole(instant - first, TimeSpan.FromHours(1)),
            PoolPeriod.Day => first + Whole(instant - first, TimeSpan.FromDays(1)),
            PoolPeriod.Week => first + Whole(instant - first, TimeSpan.FromDays(7)),
            PoolPeriod.Month => InMonths(first, instant, 1),
            _ => InMonths(first, instant, 12),
        };
    }

    /// <summary>The first instant after a period; <see langword="null"/> when it has no end.</summary>
    /// <param name="from">The first instant of the period.</param>
    internal DateTimeOffset? EndOf(DateTimeOffset from)
    {
        DateTimeOffset? end = Period switch
        {
            PoolPeriod.Once => null,
            PoolPeriod.Hour => from.AddHours(1),
            PoolPeriod.Day => from.AddDays(1),
            PoolPeriod.Week => from.AddDays(7),
            PoolPeriod.Month => InMonths((From ?? FirstOfCalendar()).ToUniversalTime(), from.AddMonths(1).AddDays(3), 1),
            _ => InMonths((From ?? FirstOfCalendar()).ToUniversalTime(), from.AddMonths(12).AddDays(3), 12),
        };
        return end is null || end > Until ? Until ?? end : end;
    }

    private static bool Names(ImmutableArray<string> names, string? name) =>
        names.IsEmpty || (name is not null && names.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>A Monday that is the first of a year: periods of every length begin there.</summary>
    private static DateTimeOffset FirstOfCalendar() => new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static TimeSpan Whole(TimeSpan since, TimeSpan period) =>
        TimeSpan.FromTicks((long)Math.Floor((decimal)since.Ticks / period.Ticks) * period.Ticks);

    /// <summary>Steps of months from the first period, so that one of January 31 begins on February 28 and again on March 31.</summary>
    private static DateTimeOffset InMonths(DateTimeOffset first, DateTimeOffset at, int months)
    {
        int steps = (((at.Year - first.Year) * 12) + at.Month - first.Month) / months;
        while (first.AddMonths(steps * months) > at)
        {
            steps--;
        }

        while (first.AddMonths((steps + 1) * months) <= at)
        {
            steps++;
        }

        return first.AddMonths(steps * months);
    }
}
