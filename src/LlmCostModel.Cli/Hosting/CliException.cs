namespace LlmCostModel.Cli;

/// <summary>The command cannot run: wrong usage, a file that cannot be read, rates that are invalid. Exit code 2, nothing on standard
/// output.</summary>
internal sealed class CliException(string message) : Exception(message);
