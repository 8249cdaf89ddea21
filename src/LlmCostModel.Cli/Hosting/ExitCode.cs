namespace LlmCostModel.Cli;

/// <summary>The exit codes that scripts depend on.</summary>
internal static class ExitCode
{
    /// <summary>Everything was priced.</summary>
    public const int Priced = 0;

    /// <summary>A result was printed, but something in it is partial, unpriced or rejected.</summary>
    public const int Incomplete = 1;

    /// <summary>Wrong usage, a file that cannot be read, or rates that are invalid.</summary>
    public const int Failed = 2;
}
