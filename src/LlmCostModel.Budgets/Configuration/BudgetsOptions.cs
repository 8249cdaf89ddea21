using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>The budgets of an application.</summary>
public sealed class BudgetsOptions
{
    /// <summary>The name of the section of the configuration.</summary>
    public const string SectionName = "LlmBudgets";

    /// <summary>Gets the budgets by name, in any case. A name stands in messages, logs and metrics; it is not a secret.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, BudgetOptions> Budgets { get; } = new Dictionary<string, BudgetOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets whether the store gets no value of a tag, such as the name of a user, but its HMAC-SHA-256 by <see
    /// cref="TagSecret"/>: in the names of accounts and in entries. What the store says of accounts has hashes then, and <see
    /// cref="BudgetLedger.HashOf"/> says whose they are.</summary>
    /// <value><see langword="false"/> by default: values are kept as they are.</value>
    public bool HashTags { get; set; }

    /// <summary>Gets or sets the secret by which values of tags are hashed, the same in all processes that share the budgets. With another
    /// one all budgets per tags begin anew, so it is changed at the end of a window. It is never shown.</summary>
    /// <value>None by default; required with <see cref="HashTags"/>, and only for it: at least 32 bytes in UTF-8, random ones.</value>
    [JsonIgnore]
    public string? TagSecret { get; set; }

    /// <summary>Gets or sets how long a lease lives when nobody extends, settles or releases it: longer than the longest call.</summary>
    /// <value>10 minutes by default; 1 second to 7 days.</value>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets which calls are admitted while the store of budgets does not answer. What they cost is counted when it answers
    /// again.</summary>
    /// <value><see cref="StoreOutage.Closed"/> by default.</value>
    public StoreOutage WhenStoreIsAway { get; set; }

    /// <summary>Gets or sets for how long calls are admitted while the store is away.</summary>
    /// <value>None by default; required with <see cref="StoreOutage.Open"/>, 1 second to 7 days.</value>
    public TimeSpan? MaxOpenTime { get; set; }

    /// <summary>Gets or sets how much of each limit this process admits by itself while the store is away: a number of processes, each with
    /// its part, can pass the limit by the sum of the parts.</summary>
    /// <value>None by default; required with <see cref="StoreOutage.LocalShare"/>, more than 0 and at most 1.</value>
    public decimal? LocalShare { get; set; }

    /// <summary>Gets or sets for how long what a store acknowledged is kept, to tell it again should it lose that: longer than a server
    /// that takes over lags behind.</summary>
    /// <value>2 minutes by default; 1 second to 1 hour. Only for stores that can roll back.</value>
    public TimeSpan ReplayHorizon { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how many calls that were made wait at most for a store that is away. Beyond them, to settle one is an error
    /// instead of filling the memory.</summary>
    /// <value>100,000 by default; 1 or more.</value>
    public int MaxPending { get; set; } = 100_000;

    /// <summary>Gets or sets how long the end of the ledger waits for a store that is away; what is not delivered then is lost, and is
    /// logged.</summary>
    /// <value>5 seconds by default; 0 to 10 minutes.</value>
    public TimeSpan FlushTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets what receives alerts, in the call that brings them about: it should not take long. What it throws is
    /// logged.</summary>
    /// <value>None by default; alerts are logged and counted in any case.</value>
    public Action<BudgetAlert>? OnAlert { get; set; }

    /// <summary>Gets what could not be read of the configuration.</summary>
    internal List<InputFault> ReadingFaults { get; } = [];

    /// <summary>Gets where the options stand in the configuration.</summary>
    internal string Path { get; set; } = SectionName;
}
