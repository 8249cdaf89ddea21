using System.Text;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli;

/// <summary>What a command meets of the world: streams, the terminal and the clock. What it shows goes through <see cref="Write"/> and <see
/// cref="Tell"/>, where text from outside is made fit for a terminal.</summary>
internal sealed class CommandHost
{
    private readonly HashSet<string> _read = new(RealPath.Comparer);

    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required TextWriter Error { get; init; }

    public bool IsTerminal { get; init; }

    public int Width { get; init; } = 120;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the user's agents keep their sessions.</summary>
    public AgentHome Home { get; init; } = AgentHome.Current;

    /// <summary>Writes text to standard output; line ends are the same on every system.</summary>
    public void Write(string text)
    {
        try
        {
            Output.Write(Encoding.UTF8.GetBytes(VisibleText.Lines(text.Replace("\r\n", "\n", StringComparison.Ordinal))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The result cannot be written to standard output: {ErrorText.OfSystem(exception)}");
        }
    }

    /// <summary>Writes a message to standard error. Where nobody can read it, the command goes on.</summary>
    public void Tell(string message)
    {
        try
        {
            foreach (string line in message.Split('\n'))
            {
                Error.WriteLine(VisibleText.Lines(line.TrimEnd('\r')));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Closed or full: what the command does matters more than that it tells.
        }
    }

    /// <summary>Remembers that a file is read, so that nothing is written over it.</summary>
    public void Reads(string path) => _read.Add(RealPath.Of(path));

    /// <summary>Whether a file is read by the command.</summary>
    /// <param name="realPath">Its path without links.</param>
    public bool IsRead(string realPath) => _read.Contains(realPath);
}
