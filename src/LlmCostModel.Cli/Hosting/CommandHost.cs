using System.Text;

namespace LlmCostModel.Cli;

/// <summary>What a command meets of the world: streams, the terminal and the clock.</summary>
internal sealed class CommandHost
{
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required TextWriter Error { get; init; }

    public bool IsTerminal { get; init; }

    public int Width { get; init; } = 120;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Writes text to standard output; line ends are the same on every system.</summary>
    public void Write(string text) => Output.Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
}
