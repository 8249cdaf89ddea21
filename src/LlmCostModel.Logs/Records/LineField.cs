namespace LlmCostModel.Logs;

/// <summary>What a value of a plain line is.</summary>
internal enum LineField
{
    /// <summary>Nothing that a usage record states.</summary>
    Unknown,
    Id,
    Model,
    At,
    Provider,
    Region,
    Tier,
    Usage,
    Tags,

    /// <summary>All input, with what a cache had; of tables.</summary>
    TotalInput,

    /// <summary>All output, with reasoning; of tables.</summary>
    TotalOutput,

    /// <summary>All tokens, to compare with; of tables.</summary>
    Total,
}
