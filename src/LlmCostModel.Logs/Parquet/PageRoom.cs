namespace LlmCostModel.Logs;

/// <summary>Room for the pages of a column, which is used again in the next row group: new room of megabytes would mostly be
/// cleared.</summary>
/// <param name="isKept">Whether pages hold until the next row group, or only until the next page.</param>
internal sealed class PageRoom(bool isKept)
{
    private readonly List<byte[]> _pages = [];
    private int _used;

    /// <summary>Room for a page of so many bytes.</summary>
    public Memory<byte> Take(int size)
    {
        if (_used == _pages.Count)
        {
            _pages.Add([]);
        }

        if (_pages[_used].Length < size)
        {
            _pages[_used] = new byte[size];
        }

        byte[] page = _pages[_used];
        _used += isKept ? 1 : 0;
        return page.AsMemory(0, size);
    }

    /// <summary>Begins with a row group.</summary>
    public void Free() => _used = 0;
}
