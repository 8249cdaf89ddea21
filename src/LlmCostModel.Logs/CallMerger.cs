namespace LlmCostModel.Logs;

/// <summary>Finds records that tell of the same call: a response that was fetched twice, a message that was written again as it grew, a
/// line or a file that was copied, a call that two logs tell of.</summary>
/// <remarks>
/// <para>What makes a call one call is the id of its response, or the id by which its log knows it: of the request, message, span or
/// observation. Records without one are a call each, and of records of the caller's own (usage records) only those are the same that say
/// the same besides. A server that gives an id again says another time, or counts that cannot be those of the same call.</para>
/// <para>A record whose call another may tell of is kept, packed, until all are read, for the last may say most of the first call: half a
/// kilobyte to one a call. Of the caller's own ids 200 bytes are kept at most, of records without an id nothing. Not thread-safe.</para>
/// </remarks>
/// <param name="order">In which order records are given back.</param>
public sealed class CallMerger(CallOrder order = CallOrder.AsRead)
{
    private readonly PackedRecords _kept = new();
    private readonly Dictionary<UInt128, int> _places = [];
    private readonly OwnCalls _own = new();
    private ulong _touched; // kept, so that it is read

    /// <summary>Gets how many records told of a call that was there already.</summary>
    public long Merged { get; private set; }

    /// <summary>Gets how many have the id of another call.</summary>
    public long Reused { get; private set; }

    /// <summary>Takes a record. One that waits comes out of <see cref="Finish"/>.</summary>
    /// <param name="record">The record.</param>
    /// <returns><see langword="true"/> if it is to be priced now; <see langword="false"/> if it waits, or tells of a call that is there
    /// already.</returns>
    public bool Add(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (CallKeys.OwnOf(record) is { } own)
        {
            if (!IsNew(own.Id, own.Content, record))
            {
                Merged++;
                return false;
            }
        }
        else if (CallKeys.Of(record) is { Length: > 0 } keys)
        {
            Keep(record, keys);
            return false;
        }

        if (order == CallOrder.AsRead || (order == CallOrder.OfLog && _kept.Count == 0))
        {
            return true;
        }

        _kept.Add(record);
        return false;
    }

    /// <summary>Gets the records that waited, each call once, in the order in which they came first, or of their times; of those of one
    /// call the one that says most, with what the others say besides.</summary>
    /// <returns>The records, as they are enumerated.</returns>
    public IEnumerable<LogRecord> Finish() => _kept.All(isByTime: order == CallOrder.OfTime);

    /// <summary>Whether records are given back as they are read.</summary>
    internal bool IsAsRead => order == CallOrder.AsRead;

    /// <summary>Whether a record that waits has the id, so that another with it is to be compared with that.</summary>
    internal bool Waits(UInt128 id) => _places.Count > 0 && _places.ContainsKey(id);

    /// <summary>Makes room for calls of the caller's own.</summary>
    internal void Expect(long calls) => _own.Expect(calls);

    /// <summary>Brings near what is known under an id that is looked up soon.</summary>
    internal void Touch(UInt128 id) => _touched ^= _own.Touch(id);

    /// <summary>Takes a record of the caller's own by its keys; none that waits has its id.</summary>
    /// <returns>Whether it is to be priced; if not, it tells of a call that is there already.</returns>
    internal bool AddOwn(UInt128 id, UInt128 content)
    {
        OwnCalls.Found found = _own.Add(id, content);
        Merged += found == OwnCalls.Found.Same ? 1 : 0;
        Reused += found == OwnCalls.Found.Other ? 1 : 0;
        return found != OwnCalls.Found.Same;
    }

    /// <summary>Whether a record of the caller's own says something that none before has said.</summary>
    private bool IsNew(UInt128 id, UInt128 content, LogRecord record) => _own.Add(id, content) switch
    {
        OwnCalls.Found.New => Find(id, record, out bool isKnown) is null && (!isKnown || Count(record)), // the provider's log may have it
        OwnCalls.Found.Other => Count(record),
        _ => false,
    };

    private bool Count(LogRecord record)
    {
        Reused += record.Call is null ? 0 : 1;
        return true;
    }

    private void Keep(LogRecord record, UInt128[] keys)
    {
        bool isKnown = false;
        SortedSet<int> same = [];
        foreach (UInt128 key in keys)
        {
            same.UnionWith(Find(key, record, out bool isUsed) is { } place ? [place] : []);
            isKnown |= isUsed;
        }

        if (same.Count == 0 && keys.Any(key => _own.TryGet(key, out UInt128 content) && CallKeys.IsUsageOf(content, record)))
        {
            Merged++; // the caller's own record of it came first, and is priced
            return;
        }

        if (same.Count == 0)
        {
            Reused += isKnown ? 1 : 0;
            Point(keys, _kept.Add(record));
            return;
        }

        // What has one of its keys and what has another are one call, as this record shows.
        Merged += same.Count;
        int first = same.Min;
        LogRecord most = _kept[first];
        foreach (int other in same.Skip(1))
        {
            most = SameCall.Merge(most, _kept[other]);
            _kept.Join(other, first);
        }

        _kept[first] = SameCall.Merge(most, record);
        Point(keys, first);
    }

    /// <summary>Looks for the call of a record among those that have a key: a server may have given it to several.</summary>
    private int? Find(UInt128 key, LogRecord record, out bool isKnown)
    {
        isKnown = false;
        for (; _places.TryGetValue(key, out int place); key++)
        {
            isKnown = true;
            place = _kept.PlaceOf(place);
            if (SameCall.Is(_kept[place], record))
            {
                return place;
            }
        }

        return null;
    }

    private void Point(UInt128[] keys, int place)
    {
        foreach (UInt128 key in keys)
        {
            UInt128 free = key;
            while (_places.TryGetValue(free, out int other) && _kept.PlaceOf(other) != place)
            {
                free++;
            }

            _places[free] = place;
        }
    }
}
