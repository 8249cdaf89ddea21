namespace LlmCostModel.Budgets;

/// <summary>The budgets of an application.</summary>
public sealed class BudgetsOptions
{
    /// <summary>The name of the section of the configuration.</summary>
    public const string SectionName = "LlmBudgets";

    /// <summary>Gets the budgets by name. A name stands in messages, logs and metrics; it is not a secret.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, BudgetOptions> Budgets { get; } = new Dictionary<string, BudgetOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets how long a lease lives when nobody extends, settles or releases it: longer than the longest call.</summary>
    /// <value>10 minutes by default; 1 second to 7 days.</value>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets what could not be read of the configuration.</summary>
    internal List<InputFault> ReadingFaults { get; } = [];

    /// <summary>Gets where the options stand in the configuration.</summary>
    internal string Path { get; set; } = SectionName;
}
