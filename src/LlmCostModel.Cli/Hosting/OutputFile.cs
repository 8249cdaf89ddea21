using System.Collections.Concurrent;
using System.Text;

namespace LlmCostModel.Cli;

/// <summary>A file that a command writes. It is written beside its place and moved there when all of it is on the disk: a command that
/// fails, or a disk that is full, leaves the file that was there.</summary>
internal sealed class OutputFile : IDisposable
{
    private static readonly ConcurrentDictionary<OutputFile, bool> Unfinished = new();

    private readonly string _name;
    private readonly string _place;
    private readonly string? _beside;
    private readonly FileStream _stream;

    public OutputFile(CommandHost host, string path)
    {
        _name = VisibleText.OneLine(path);
        if (string.IsNullOrWhiteSpace(path) || path == "-")
        {
            throw new CliException(path == "-"
                ? "'-' does not name a file to write to. Name a file."
                : "The name of a file is empty. Name a file to write to.");
        }

        _place = RealPath.Of(path);
        if (OperatingSystem.IsLinux() && File.Exists(_place) && RealPath.Comparer.Equals(_place, RealPath.Of("/dev/stdout")))
        {
            throw new CliException($"'{_name}' is where standard output goes, and would be lost. Write to another file.");
        }

        if (host.IsRead(_place))
        {
            throw new CliException($"'{_name}' is what the command reads, and would be lost. Write to another file.");
        }

        if (Directory.Exists(_place))
        {
            throw new CliException($"'{_name}' is a folder. Name a file in it.");
        }

        _beside = IsDevice(path) || IsDevice(_place) ? null : $"{_place}.{Guid.NewGuid():N}.tmp";
        try
        {
            _stream = new FileStream(_beside ?? path, _beside is null ? FileMode.Open : FileMode.CreateNew, FileAccess.Write);
            KeepMode();
            Unfinished.TryAdd(this, true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Takes away what is written beside its place, when the process has to end.</summary>
    public static void DeleteUnfinished()
    {
        foreach (OutputFile file in Unfinished.Keys)
        {
            file.Dispose();
        }
    }

    /// <summary>Writes a whole file.</summary>
    public static void Write(CommandHost host, string path, ReadOnlySpan<byte> bytes)
    {
        using OutputFile file = new(host, path);
        file.Write(bytes);
        file.Finish();
    }

    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Puts what was written in its place.</summary>
    public void Finish()
    {
        try
        {
            _stream.Flush(flushToDisk: _beside is not null);
            _stream.Dispose();
            if (_beside is not null)
            {
                File.Move(_beside, _place, overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(exception);
        }
    }

    public void Dispose()
    {
        Unfinished.TryRemove(this, out _);
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written any more is not needed: the file goes.
        }

        if (_beside is not null)
        {
            File.Delete(_beside); // There is none after Finish.
        }
    }

    /// <summary>Devices and pipes are written to; nothing may take their place.</summary>
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>Who may read the file that was there, and nobody else, may read the new one.</summary>
    private void KeepMode()
    {
        if (_beside is not null && !OperatingSystem.IsWindows() && File.Exists(_place))
        {
            File.SetUnixFileMode(_stream.SafeFileHandle, File.GetUnixFileMode(_place));
        }
    }

    private CliException Failed(Exception exception) => new($"'{_name}' cannot be written: {ErrorText.OfSystem(exception)}");
}
