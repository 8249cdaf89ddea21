namespace LlmCostModel.Logs;

/// <summary>Reads the chunks of a log on several threads, and gives them back in their order.</summary>
/// <remarks>The thread that asks reads the log and works on chunks as well; a few of them are in memory.</remarks>
internal sealed class ChunkCrew : IDisposable
{
    private readonly LineSource _source;
    private readonly ChunkReader[] _readers;
    private readonly Queue<LineChunk> _inOrder = []; // those that were read, the oldest first
    private readonly Queue<LineChunk> _toRead = []; // those of them that nobody works on yet; also what threads wait for
    private readonly Stack<LineChunk> _free;
    private readonly List<Thread> _threads = [];
    private readonly int _most;
    private LineChunk? _last;
    private bool _isEnded;
    private bool _isStopped;

    /// <param name="source">The log.</param>
    /// <param name="first">Its first chunk.</param>
    /// <param name="readers">One for each thread, that of the one that asks first.</param>
    /// <param name="free">Chunks to use; they come back.</param>
    public ChunkCrew(LineSource source, LineChunk first, ChunkReader[] readers, Stack<LineChunk> free)
    {
        (_source, _readers, _free) = (source, readers, free);
        _most = readers.Length == 1 ? 1 : (2 * readers.Length) + 1;
        _inOrder.Enqueue(first);
        if (!first.IsRead)
        {
            Hand(first);
        }
    }

    /// <summary>The next chunk, with what was made of it; null at the end. The one before may be used again.</summary>
    public LineChunk? Next()
    {
        Release();
        while (_inOrder.Count < _most && !_isEnded)
        {
            LineChunk chunk = _free.TryPop(out LineChunk? used) ? used : new();
            _isEnded = !_source.TryRead(chunk);
            if (_isEnded)
            {
                _free.Push(chunk);
                break;
            }

            _inOrder.Enqueue(chunk);
            Hand(chunk);
        }

        if (!_inOrder.TryDequeue(out _last))
        {
            return null;
        }

        while (!_last.IsRead)
        {
            if (Take(waits: false) is { } chunk)
            {
                Work(_readers[0], chunk);
            }
            else
            {
                WaitFor(_last);
            }
        }

        return _last.Fault is null ? _last : throw new InvalidOperationException("A chunk of a log could not be read.", _last.Fault);
    }

    public void Dispose()
    {
        lock (_toRead)
        {
            _isStopped = true;
            Monitor.PulseAll(_toRead);
        }

        _threads.ForEach(thread => thread.Join());
        Release();
        while (_inOrder.TryDequeue(out LineChunk? chunk))
        {
            _free.Push(chunk);
        }
    }

    private void Release()
    {
        if (_last is not null)
        {
            _free.Push(_last);
            _last = null;
        }
    }

    private void Hand(LineChunk chunk)
    {
        lock (_toRead)
        {
            _toRead.Enqueue(chunk);
            Monitor.PulseAll(_toRead);
        }

        if (_inOrder.Count > 1 && _threads.Count < _readers.Length - 1)
        {
            ChunkReader reader = _readers[_threads.Count + 1];
            Thread thread = new(() => WorkOn(reader)) { IsBackground = true, Name = "llmcost log" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    private LineChunk? Take(bool waits)
    {
        lock (_toRead)
        {
            while (waits && _toRead.Count == 0 && !_isStopped)
            {
                Monitor.Wait(_toRead);
            }

            return !_isStopped && _toRead.TryDequeue(out LineChunk? chunk) ? chunk : null;
        }
    }

    private void WaitFor(LineChunk chunk)
    {
        lock (_toRead)
        {
            while (!chunk.IsRead)
            {
                Monitor.Wait(_toRead);
            }
        }
    }

    private void WorkOn(ChunkReader reader)
    {
        while (Take(waits: true) is { } chunk)
        {
            Work(reader, chunk);
        }
    }

    private void Work(ChunkReader reader, LineChunk chunk)
    {
        try
        {
            reader.Read(chunk);
        }
#pragma warning disable CA1031 // The thread that asks for the chunk throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            chunk.Fault = exception;
        }

        lock (_toRead)
        {
            chunk.IsRead = true;
            Monitor.PulseAll(_toRead);
        }
    }
}
