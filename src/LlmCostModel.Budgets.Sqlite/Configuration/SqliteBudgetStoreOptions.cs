namespace LlmCostModel.Budgets;

/// <summary>Where a store in a SQLite file is, what it survives, and how much it remembers.</summary>
public sealed class SqliteBudgetStoreOptions
{
    /// <summary>What SQLite or a driver would take for something else than a path.</summary>
    private static readonly string[] OfConnections = [":memory:", "file:", "data source=", "datasource=", "filename="];

    /// <summary>Gets or sets the path of the file, on a disk of this machine: SQLite's locks do not hold on network drives. It is made when
    /// it is not there, readable by its owner alone; SQLite keeps two more files beside it, <c>-wal</c> and <c>-shm</c>.</summary>
    /// <value>Has to be set; a path, not a connection string.</value>
    public string Path { get; set; } = "";

    /// <summary>Gets or sets what the store survives.</summary>
    /// <value><see cref="SqliteDurability.Full"/> by default.</value>
    public SqliteDurability Durability { get; set; }

    /// <summary>Gets or sets how long an id is known after its call ended, so that a repetition is recognized.</summary>
    /// <value>24 hours by default; 1 second to 366 days. It has to be at least twice as long as holds live.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets how long a window that ended is remembered: for what is settled late, and for what it left over.</summary>
    /// <value>35 days by default; 1 second or more.</value>
    public TimeSpan WindowRetention { get; set; } = TimeSpan.FromDays(35);

    /// <summary>Gets or sets how long the entries of settled calls are kept.</summary>
    /// <value><see langword="null"/> by default, for ever; 1 second or more.</value>
    public TimeSpan? EntryRetention { get; set; }

    /// <summary>Gets or sets how long a command waits for other processes that use the file, before it fails.</summary>
    /// <value>10 seconds by default; 0 to 5 minutes.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how many pages the file has at most; 0 for no bound. For tests: a disk that is full.</summary>
    internal int MaxPages { get; set; }

    /// <summary>A copy that nobody else changes.</summary>
    /// <exception cref="ArgumentException">An option is not set or out of its range.</exception>
    internal SqliteBudgetStoreOptions Checked()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        if (Array.Exists(OfConnections, word => Path.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException(
                "The path of the budgets is the beginning of a connection string, which would become the name of a file. Give a path such "
                + "as /var/lib/app/budgets.db; to count in memory, leave this store out.",
                nameof(Path));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Retention, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Retention, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowRetention, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(EntryRetention ?? TimeSpan.MaxValue, TimeSpan.FromSeconds(1), nameof(EntryRetention));
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BusyTimeout, TimeSpan.FromMinutes(5));
        if (!Enum.IsDefined(Durability))
        {
            throw new ArgumentOutOfRangeException(nameof(Durability), Durability, "The durability is Full or Normal.");
        }

        SqliteBudgetStoreOptions copy = (SqliteBudgetStoreOptions)MemberwiseClone();
        copy.Path = System.IO.Path.GetFullPath(Path);
        return copy;
    }
}
