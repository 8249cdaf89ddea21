namespace LlmCostModel.Budgets;

/// <summary>Where a store in Redis keeps its keys, how long it waits, and how much it remembers.</summary>
public sealed class RedisBudgetStoreOptions
{
    private const int LongestName = 64;

    /// <summary>Gets or sets what all keys begin with.</summary>
    /// <value><c>lcm1</c> by default; 1 to 64 of the letters A to Z and a to z, digits, <c>.</c>, <c>_</c>, <c>-</c> and <c>:</c>.</value>
    public string Prefix { get; set; } = "lcm1";

    /// <summary>Gets or sets the part of a cluster that the store is in: the hash tag of all its keys. Everything of a store is on one
    /// shard, so that a call can be charged to any of its accounts in one step.</summary>
    /// <value><c>all</c> by default; 1 to 64 of the letters A to Z and a to z, digits, <c>.</c>, <c>_</c> and <c>-</c>.</value>
    public string Partition { get; set; } = "all";

    /// <summary>Gets or sets how long a command waits for the server, before it fails with <see cref="BudgetStoreException"/>. The
    /// time-outs of the connection are coarser: about a second.</summary>
    /// <value>250 milliseconds by default; 1 millisecond to 5 minutes.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how long an id is known after its call ended, so that a repetition is recognized.</summary>
    /// <value>One hour by default; 1 second to 35 days. It has to be at least twice as long as holds live.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long a window that ended is remembered at least: for what is settled late, and for calls of another
    /// time. A window is always remembered for as long as the one after it runs; buckets of rolling windows no longer than their window
    /// once more.</summary>
    /// <value>One day by default; 1 second to 366 days.</value>
    public TimeSpan WindowRetention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets or sets about how many entries of settled calls are kept, in a stream; older ones are dropped.</summary>
    /// <value>0 by default, for none; 0 or more.</value>
    public long MaxEntries { get; set; }

    /// <summary>Gets or sets whether a server that may lose what it acknowledged is refused, see <see
    /// cref="RedisBudgetStore.CheckAsync"/>.</summary>
    /// <value><see langword="false"/> by default: a warning is logged.</value>
    public bool RequireSafeServer { get; set; }

    /// <summary>A copy that nobody else changes.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal RedisBudgetStoreOptions Checked()
    {
        CheckName(Prefix, "._-:", nameof(Prefix));
        CheckName(Partition, "._-", nameof(Partition));
        ArgumentOutOfRangeException.ThrowIfLessThan(Deadline, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Deadline, TimeSpan.FromMinutes(5));
        ArgumentOutOfRangeException.ThrowIfLessThan(Retention, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Retention, TimeSpan.FromDays(35));
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowRetention, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WindowRetention, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxEntries);
        return (RedisBudgetStoreOptions)MemberwiseClone();
    }

    /// <summary>What users write never gets here, but what is configured may have braces, which would move keys to other slots.</summary>
    private static void CheckName(string name, string further, string option)
    {
        if (string.IsNullOrEmpty(name) || name.Length > LongestName
            || !name.All(sign => char.IsAsciiLetterOrDigit(sign) || further.Contains(sign)))
        {
            throw new ArgumentException(
                $"{option} has to be 1 to {LongestName} letters, digits or any of '{further}', not '{name}'.", option);
        }
    }
}
