using System.Globalization;
using System.Text;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>A budget that was checked: from amounts as people write them to whole units as stores count them.</summary>
internal sealed class Budget
{
    private const long NanosPerUnit = 1_000_000_000;
    private const long MillisecondsPerSecond = 1_000;

    /// <summary>The longest value of a tag that a budget is kept per: every store keeps it with every account.</summary>
    internal const int LongestTag = 512;

    internal required string Name { get; init; }

    /// <summary>The id of the run whose limit this is; <see langword="null"/> for a budget of the configuration.</summary>
    internal string? Run { get; init; }

    /// <summary>What messages call it.</summary>
    internal string Title => Run is null ? $"budget '{Name}'" : $"run '{Run}'";

    /// <summary>What metrics call it: runs are too many to be told apart.</summary>
    internal string MetricName => Run is null ? Name : "run";

    internal required BudgetUnit Unit { get; init; }

    /// <summary>The currency of money, in upper case; empty for other units.</summary>
    internal required string Currency { get; init; }

    /// <summary>In units of a store; <see langword="null"/> for a budget that only counts.</summary>
    internal required long? Limit { get; init; }

    /// <summary>What this process admits of a window while the store is away, in units of a store; <see langword="null"/> for a budget that
    /// only counts then.</summary>
    internal required long? LocalLimit { get; init; }

    internal AlertRules Alerts { get; init; } = AlertRules.None;

    internal required BudgetWindow Window { get; init; }

    internal required BudgetMode Mode { get; init; }

    /// <summary>The tags whose values choose the account, in the order of configuration.</summary>
    internal required IReadOnlyList<string> Per { get; init; }

    /// <summary>How values of tags become names of accounts; <see langword="null"/> where they are names as they are.</summary>
    internal TagHash? Hash { get; init; }

    /// <summary>Whether a call without one of the tags passes by this budget.</summary>
    internal required bool IsOptional { get; init; }

    internal required long MaxRollover { get; init; }

    /// <summary>The most that the store counts exactly, in its units.</summary>
    internal required long MaxAmount { get; init; }

    /// <summary>The first window that rolls over is the first one that begins at this instant or later.</summary>
    internal required DateTimeOffset RollsFrom { get; init; }

    internal bool IsEnforced => Mode == BudgetMode.Enforce && Limit is not null;

    /// <summary>The name in the names of accounts. Configuration does not tell cases apart, and an environment variable in capitals would
    /// give its process accounts of its own.</summary>
    private string AccountName => field ??= Name.ToUpperInvariant();

    /// <summary>The name of the account of some tags, in which no value can pretend to be two; <see langword="null"/> when a tag is
    /// missing.</summary>
    /// <exception cref="ArgumentException">A tag is too long to be the name of an account, or is not text.</exception>
    internal string? AccountOf(IReadOnlyDictionary<string, string> tags, out string? missing)
    {
        missing = null;
        if (Per.Count == 0)
        {
            return AccountName;
        }

        StringBuilder account = new(AccountName);
        foreach (string tag in Per)
        {
            if (!tags.TryGetValue(tag, out string? value) || string.IsNullOrEmpty(value))
            {
                missing = tag;
                return null;
            }

            CheckValue(tag, value);
            value = Hash?.Hash(tag, value) ?? value;
            account.Append(CultureInfo.InvariantCulture, $"/{value.Length}:{value}");
        }

        return account.ToString();
    }

    /// <summary>How the names of the accounts begin; the whole name of the only one, where all calls have one.</summary>
    internal string AccountPrefix => Per.Count == 0 ? AccountName : $"{AccountName}/";

    /// <summary>The tags of an account by its name, with hashes where values are hashed; <see langword="null"/> for an account of another
    /// budget, or of other tags.</summary>
    internal Dictionary<string, string>? TagsOf(string account)
    {
        if (!account.StartsWith(AccountName, StringComparison.Ordinal))
        {
            return null;
        }

        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        ReadOnlySpan<char> rest = account.AsSpan(Name.Length);
        foreach (string tag in Per)
        {
            int colon = rest.IndexOf(':');
            if (colon < 2
                || rest[0] != '/'
                || !int.TryParse(rest[1..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length == 0
                || length > rest.Length - colon - 1)
            {
                return null;
            }

            tags[tag] = rest.Slice(colon + 1, length).ToString();
            rest = rest[(colon + 1 + length)..];
        }

        return rest.IsEmpty ? tags : null;
    }

    /// <summary>An amount in units of a store, rounded up.</summary>
    /// <exception cref="OverflowException">It is more than a store can count.</exception>
    internal static long ToUnits(decimal amount, BudgetUnit unit) => checked((long)decimal.Ceiling(amount * PerUnit(unit)));

    /// <summary>An amount in units of the store, rounded up; <see langword="null"/> when it is more than the store can count, either
    /// way.</summary>
    internal long? UnitsOf(decimal amount)
    {
        try
        {
            long units = ToUnits(amount, Unit);
            return units >= -MaxAmount && units <= MaxAmount ? units : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    internal static decimal FromUnits(long amount, BudgetUnit unit) => (decimal)amount / PerUnit(unit);

    internal decimal FromUnits(long amount) => FromUnits(amount, Unit);

    internal AccountCharge Charge(string account, long amount, long floor, long now)
    {
        AccountPeriod period = Window.PeriodAt(now);
        return new AccountCharge
        {
            Account = account,
            Period = period,
            Amount = amount,
            Floor = floor,
            Limit = Limit,
            MaxRollover = period.PreviousStart >= RollsFrom.ToUnixTimeMilliseconds() ? MaxRollover : 0,
            IsObserved = Mode == BudgetMode.Observe,
        };
    }

    /// <summary>What a call takes while the store is away.</summary>
    internal AccountCharge LocalCharge(string account, long amount, long floor, long now) =>
        Charge(account, amount, floor, now) with { Limit = LocalLimit, MaxRollover = 0 };

    /// <summary>An amount with its unit, in the invariant culture.</summary>
    internal string Show(decimal amount) => Unit switch
    {
        BudgetUnit.Money => new Money(amount, Currency).ToString(),
        BudgetUnit.Tokens => Counted(amount, "token"),
        BudgetUnit.Calls => Counted(amount, "call"),
        _ => Counted(amount, "second"),
    };

    private static string Counted(decimal amount, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount:0.###} {noun}{(amount == 1 ? "" : "s")}");

    private void CheckValue(string tag, string value)
    {
        if (value.Length > LongestTag)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The budget '{Name}' is kept per '{tag}', whose value has {value.Length} characters. It has 1 to {LongestTag}."));
        }

        if (!WholeText.Is(value))
        {
            throw new ArgumentException(
                $"The budget '{Name}' is kept per '{tag}', whose value has half of a character (a lone surrogate). It has to be text.");
        }
    }

    private static long PerUnit(BudgetUnit unit) => unit switch
    {
        BudgetUnit.Money => NanosPerUnit,
        BudgetUnit.Seconds => MillisecondsPerSecond,
        _ => 1,
    };
}
