namespace LlmCostModel.Logs;

/// <summary>What of a call decides the value of a <see cref="SummaryKey"/>.</summary>
internal enum SummaryFact
{
    /// <summary>Its model, provider, region and tier, and what these were priced as.</summary>
    Kind,

    /// <summary>The hour in which it was made.</summary>
    Hour,

    /// <summary>The day on which it was made.</summary>
    Day,

    /// <summary>The log that it is in.</summary>
    File,

    /// <summary>A tag.</summary>
    Tag,
}
