namespace LlmCostModel.Cli;

/// <summary>How a result is written.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Csv,

    /// <summary>Rows of the FinOps Open Cost and Usage Specification, as CSV; only of some commands.</summary>
    Focus,

    /// <summary>A comment for a pull request; only of some commands.</summary>
    Markdown,
}
