using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LlmCostModel.Catalog;

/// <summary>Has the rates loaded again when the catalog's file changes. A file that is invalid leaves the last good rates in use, as at
/// every reload.</summary>
internal sealed class CatalogFileWatcher : IOptionsChangeTokenSource<LlmCostModelOptions>, IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private CancellationTokenSource _change = new();

    internal CatalogFileWatcher(string path)
    {
        string full = Path.GetFullPath(path);
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(full)!, Path.GetFileName(full))
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        _watcher.Changed += Signal;
        _watcher.Created += Signal;
        _watcher.Renamed += Signal; // a finished download is moved into the place of the file
        _watcher.EnableRaisingEvents = true;
    }

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_change.Token);

    public void Dispose()
    {
        _watcher.Dispose();
        _change.Dispose();
    }

    private void Signal(object sender, FileSystemEventArgs change)
    {
        // Not disposed: another thread may be about to take its token, and without a timer it holds nothing.
        Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
    }
}
