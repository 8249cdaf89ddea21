namespace LlmCostModel.Logs;

/// <summary>What a <see cref="WhatIf"/> asks: another model, other prices, or both.</summary>
public sealed class WhatIfOptions
{
    /// <summary>Gets or sets the model that would have answered.</summary>
    /// <value>Default <see langword="null"/>: the one that did.</value>
    public string? Model { get; set; }

    /// <summary>Gets or sets how many tokens the model makes of one token of the log, for the same text is more or fewer tokens to another
    /// tokenizer.</summary>
    /// <value>Default 1, above 0. Counts of text are rounded to whole tokens call by call, half to even. Counts of calls that are on the
    /// model already stay.</value>
    public decimal TokenRatio { get; set; } = 1;

    /// <summary>Gets or sets the instant whose price list counts for every call. Where prices depend on the hour, a call keeps its weekday
    /// and hour (UTC).</summary>
    /// <value>Default <see langword="null"/>: each call has the prices of its own time.</value>
    public DateTimeOffset? At { get; set; }

    /// <summary>Gets or sets by what the calls are summed up besides.</summary>
    /// <value>Default empty: all together only.</value>
    public IReadOnlyList<SummaryKey> Keys { get; set => field = value ?? []; } = [];

    /// <summary>Gets or sets the zone of hours, days, weeks and months.</summary>
    /// <value>Default <see langword="null"/>: the offset of each call's own instant.</value>
    public TimeZoneInfo? TimeZone { get; set; }

    /// <summary>Gets or sets what amounts are converted by before they are added.</summary>
    /// <value>Default <see langword="null"/>: nothing is converted.</value>
    public CurrencyConverter? Converter { get; set; }
}
