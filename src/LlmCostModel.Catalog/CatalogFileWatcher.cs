using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LlmCostModel.Catalog;

/// <summary>Has the rates loaded again when the catalog's file is another than the one that was loaded.</summary>
/// <remarks>
/// It looks once a second, and reports what it finds twice in a row: a file that is being written, locked or exchanged is waited for, and
/// one that is gone or damaged for good is reported once. Events of the file system are not used, since they do not come from networks,
/// containers and links, and end with the first error. <c>PhysicalFileProvider</c> polls too, but only compares times, reports a change
/// once, whether or not the file could be read by then, and cannot be given a clock.
/// </remarks>
internal sealed class CatalogFileWatcher : IOptionsChangeTokenSource<LlmCostModelOptions>, IDisposable
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>After so many looks the file is read even when its times and size are as before.</summary>
    private const int LooksUntilRead = 30;

    /// <summary>The most looks until the same content is reported again, where reporting it did not get it loaded.</summary>
    private const int LongestWait = 64;

    private readonly CatalogSource _source;
    private readonly ITimer _timer;
    private CancellationTokenSource _change = new();
    private int _isLooking;
    private (string Path, DateTime Written, DateTime Created, long Length)? _stamp;
    private int _looks;
    private string? _seen;
    private int _wait;
    private int _due;

    internal CatalogFileWatcher(CatalogSource source, TimeProvider clock)
    {
        _source = source;
        _timer = clock.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_change.Token);

    public void Dispose()
    {
        _timer.Dispose();
        _change.Dispose();
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return; // The look before this one has not ended, such as on a slow network.
        }

        try
        {
            string seen = Read();
            bool isSettled = seen == _seen;
            _seen = seen;
            if (!isSettled)
            {
                (_wait, _due) = (1, 0);
            }
            else if (_source.LastRead is { } known && seen != known && --_due < 0)
            {
                (_wait, _due) = (Math.Min(_wait * 2, LongestWait), _wait);

                // Not disposed: another thread may be about to take its token, and without a timer it holds nothing.
                Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
            }
        }
        catch (Exception)
        {
            // Of others who listen; the rates have told their own. Nothing that happens here may end the process.
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    /// <summary>What is in the file: its hash, or why it cannot be read, in the words of <see cref="CatalogSource.LastRead"/>.</summary>
    private string Read()
    {
        string path = _source.Path!;
        string? before = null;
        try
        {
            FileInfo file = CatalogFile.Find(path);
            (string, DateTime, DateTime, long) stamp = (PathOf(file), file.LastWriteTimeUtc, file.CreationTimeUtc, file.Length);
            before = _stamp == stamp ? _seen : null;
            if (before is not null && ++_looks < LooksUntilRead)
            {
                return before;
            }

            _looks = 0;
            string read = CatalogFile.Hash(CatalogFile.ReadBytes(path));
            _stamp = stamp;
            return read;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RateCardException)
        {
            if (before is not null)
            {
                return before; // Someone holds the file as it was, perhaps to change it.
            }

            _stamp = null;
            return exception is RateCardException ? exception.Message : CatalogFile.Unreadable(path, exception);
        }
    }

    /// <summary>The path with what the links among its folders lead to: exchanging such a link exchanges the file.</summary>
    private static string PathOf(FileInfo file)
    {
        string path = file.FullName;
        for (DirectoryInfo? folder = file.Directory; folder is not null; folder = folder.Parent)
        {
            path += folder.LinkTarget is { } target ? "|" + target : "";
        }

        return path;
    }
}
