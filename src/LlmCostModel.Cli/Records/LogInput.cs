namespace LlmCostModel.Cli.Records;

/// <summary>A log to read: a file, a file of budgets with the calls that were settled, or standard input. It can be read; only what cannot
/// be opened twice is open already.</summary>
internal sealed class LogInput : IDisposable
{
    private readonly CommandHost _host;
    private Stream? _open;

    private LogInput(string name, CommandHost host) => (Name, _host) = (name, host);

    /// <summary>The file as it was named, or found.</summary>
    public string Name { get; }

    /// <summary>How many bytes there are to read, as it is stored; null where that is not known before.</summary>
    public long? Length { get; private init; }

    /// <summary>Looks whether a log can be read.</summary>
    /// <exception cref="CliException">It cannot.</exception>
    public static LogInput Check(string name, CommandHost host)
    {
        Stream stream = InputFile.Open(name, host);
        if (name == InputFile.Standard || !stream.CanSeek)
        {
            return new(name, host) { _open = stream };
        }

        using (stream)
        {
            return BudgetFile.Is(stream, name)
                ? new(name, host) { _open = BudgetFile.Open(name) }
                : new(name, host) { Length = stream.Length };
        }
    }

    /// <summary>Opens it; once.</summary>
    /// <exception cref="CliException">It is not there any more.</exception>
    public Stream Open() => Interlocked.Exchange(ref _open, null) ?? InputFile.Open(Name, _host);

    public void Dispose() => _open?.Dispose();
}
