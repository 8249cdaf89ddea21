using System.Collections.Concurrent;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LlmCostModel;

/// <summary>Appends every call to a file, one <see cref="CallCost"/> as JSON a line, without a buffer that a crash could lose:
/// <c>llmcost price ledger.jsonl</c> adds such a file up.</summary>
/// <remarks>Several ledgers of one process may share a file; several processes need one each. A last line that a crash cut off is ended
/// first, so that no other is lost with it. Thread-safe.</remarks>
public sealed class JsonLinesLedger : ICostObserver, IAsyncCostObserver, IDisposable
{
    /// <summary>One gate for each file, whoever writes to it.</summary>
    private static readonly ConcurrentDictionary<string, Lock> Gates = new(StringComparer.Ordinal);

    private readonly SafeFileHandle _file;
    private readonly Lock _gate;
    private long _written;

    /// <summary>Opens a file, and makes it where there is none; its folder has to exist.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written to.</exception>
    public JsonLinesLedger(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _gate = Gates.GetOrAdd(Path, _ => new Lock());
        _file = File.OpenHandle(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        lock (_gate)
        {
            EndLastLine();
        }
    }

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets how many calls this ledger has written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <inheritdoc/>
    public void OnCallCompleted(CallCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        byte[] line = Encoding.UTF8.GetBytes(cost.ToJson() + "\n");
        lock (_gate)
        {
            // One write for a whole line, at the end as it is now: another ledger may have moved it.
            RandomAccess.Write(_file, line, RandomAccess.GetLength(_file));
        }

        Interlocked.Increment(ref _written);
    }

    /// <inheritdoc/>
    public ValueTask OnCallCompletedAsync(CallCost cost, CancellationToken cancellationToken)
    {
        OnCallCompleted(cost);
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void EndLastLine()
    {
        long length = RandomAccess.GetLength(_file);
        Span<byte> last = stackalloc byte[1];
        if (length > 0 && RandomAccess.Read(_file, last, length - 1) == 1 && last[0] != (byte)'\n')
        {
            RandomAccess.Write(_file, "\n"u8, length);
        }
    }
}
