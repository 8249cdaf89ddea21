using System.Text;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli;

/// <summary>What a command meets of the world: streams, the terminal and the clock. What it shows goes through <see cref="Write"/> and <see
/// cref="Tell"/>, where text from outside is made fit for a terminal.</summary>
internal sealed class CommandHost
{
    private readonly HashSet<string> _read = new(RealPath.Comparer);
    private int _statusLength;
    private int _stops;

    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required TextWriter Error { get; init; }

    public bool IsTerminal { get; init; }

    /// <summary>Whether standard error goes to a terminal, where a line may be rewritten.</summary>
    public bool IsErrorTerminal { get; init; }

    public int Width { get; init; } = 120;

    /// <summary>Whether what is shown to people has to do without the characters that draw boxes and bars.</summary>
    public bool IsAscii { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether what can be added up as it is read is; otherwise every record is looked at, with the same result.</summary>
    internal bool AddsUpLines { get; init; } = true;

    /// <summary>Where the user's agents keep their sessions.</summary>
    public AgentHome Home { get; init; } = AgentHome.Current;

    /// <summary>Whether the command ends by itself, with what it has, when it is asked to stop.</summary>
    public bool StopsOnRequest { get; set; }

    /// <summary>Whether the command is asked to stop.</summary>
    public bool IsStopRequested => Volatile.Read(ref _stops) > 0;

    /// <summary>Asks the command to stop.</summary>
    /// <returns>Whether it will do so by itself; otherwise, and when it is asked again, the process has to end.</returns>
    public bool RequestStop() => Interlocked.Increment(ref _stops) == 1 && StopsOnRequest;

    /// <summary>Shows a line on standard error that is rewritten by the next one, and gone before anything else is written.</summary>
    public void ShowStatus(string text)
    {
        string line = VisibleText.OneLine(text);
        line = line.Length < Width ? line : line[..Math.Max(0, Width - 1)];
        TryTell(() => Error.Write("\r" + line.PadRight(_statusLength)));
        _statusLength = line.Length;
    }

    /// <summary>Takes the status away.</summary>
    public void ClearStatus()
    {
        if (_statusLength > 0)
        {
            TryTell(() => Error.Write("\r" + new string(' ', _statusLength) + "\r"));
            _statusLength = 0;
        }
    }

    /// <summary>Writes text to standard output; line ends are the same on every system.</summary>
    public void Write(string text)
    {
        ClearStatus();
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
        ClearStatus();
        foreach (string line in (IsErrorTerminal ? WordWrap.Of(this, message) : message).Split('\n'))
        {
            TryTell(() => Error.WriteLine(VisibleText.Lines(line.TrimEnd('\r'))));
        }
    }

    private static void TryTell(Action tell)
    {
        try
        {
            tell();
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
