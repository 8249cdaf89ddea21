namespace LlmCostModel.Logs;

/// <summary>How a <see cref="CostReport"/> shows calls.</summary>
public sealed class CostReportOptions
{
    /// <summary>Gets or sets the heading of the page.</summary>
    /// <value>Default <c>What the calls cost</c>.</value>
    public string Title { get; set; } = "What the calls cost";

    /// <summary>Gets or sets by what the calls are shown beside time and kinds of tokens, a table each. Where no call says it, there is
    /// none.</summary>
    /// <value>Default empty, which takes <c>model</c>, <c>provider</c> and <c>user</c>.</value>
    public IReadOnlyList<SummaryKey> Keys { get; set => field = value ?? []; } = [];

    /// <summary>Gets or sets the steps of time.</summary>
    /// <value>The key <c>hour</c>, <c>day</c>, <c>week</c> or <c>month</c>; default <c>day</c>. Where there are more than 1,000 of them,
    /// the page has months, or years.</value>
    public SummaryKey Period { get; set; } = SummaryKey.Find("day")!;

    /// <summary>Gets or sets how many rows a table has at most for one currency; the others are one row, whose sums are exact.</summary>
    /// <value>Default 25, at least 1.</value>
    public int MaximumRows { get; set; } = 25;

    /// <summary>Gets or sets the zone of hours, days, weeks and months.</summary>
    /// <value>Default <see langword="null"/>: the offset of each call's own instant.</value>
    public TimeZoneInfo? TimeZone { get; set; }

    /// <summary>Gets or sets what amounts are converted by before they are added.</summary>
    /// <value>Default <see langword="null"/>: nothing is converted, and currencies are apart.</value>
    public CurrencyConverter? Converter { get; set; }

    /// <summary>Gets or sets what is asked of the calls: what they would have cost. Who adds calls to the report adds them here,
    /// too.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<WhatIf> Questions { get; set => field = value ?? []; } = [];

    /// <summary>Gets or sets what says the messages of the library in the words of the page's readers.</summary>
    /// <value>Default <see langword="null"/>: as they are.</value>
    public Func<string, string>? Reword { get; set; }
}
