using System.Numerics;

namespace LlmCostModel.Logs;

/// <summary>The calls of the caller's own that have an id: what was said under each.</summary>
/// <remarks>Of millions: 40 to 60 bytes each, in tables that grow one after the other.</remarks>
internal sealed class OwnCalls
{
    private const int Parts = 64;
    private const int FirstSize = 16;
    private const int MostAhead = 1 << 19; // of a part: 25 million ids in all, of which a file may be wrong

    private readonly (UInt128 Id, UInt128 Content)[]?[] _parts = new (UInt128, UInt128)[]?[Parts]; // an id of 0 is a free place
    private readonly int[] _counts = new int[Parts];
    private readonly HashSet<UInt128> _others = [];

    public enum Found
    {
        /// <summary>Nobody has said something under the id.</summary>
        New,

        /// <summary>The same was said before.</summary>
        Same,

        /// <summary>Only other things were said under the id.</summary>
        Other,
    }

    /// <summary>Takes what is said under an id.</summary>
    public Found Add(UInt128 id, UInt128 content)
    {
        id = Nonzero(id);
        int part = PartOf(id);
        (UInt128 Id, UInt128 Content)[] table = _parts[part] ??= new (UInt128, UInt128)[FirstSize];
        int place = PlaceOf(table, id);
        if (table[place].Id == id)
        {
            return table[place].Content != content && _others.Add(content) ? Found.Other : Found.Same;
        }

        table[place] = (id, content);
        if (++_counts[part] > table.Length / 5 * 4)
        {
            Grow(part, table, table.Length * 2);
        }

        return Found.New;
    }

    /// <summary>Makes room for more ids, instead of growing again and again.</summary>
    public void Expect(long ids)
    {
        for (int part = 0; part < Parts; part++)
        {
            long places = (_counts[part] + (ids / Parts)) * 4 / 3;
            if (places > FirstSize && places <= MostAhead && places > (_parts[part]?.Length ?? 0))
            {
                Grow(part, _parts[part] ?? [], (int)places);
            }
        }
    }

    /// <summary>What was said first under an id.</summary>
    public bool TryGet(UInt128 id, out UInt128 content)
    {
        id = Nonzero(id);
        if (_parts[PartOf(id)] is { } table && table[PlaceOf(table, id)] is var found && found.Id == id)
        {
            content = found.Content;
            return true;
        }

        content = default;
        return false;
    }

    /// <summary>Brings the place of an id near: to look at several before they are needed takes no longer than one.</summary>
    /// <returns>Something of it, so that it is looked at.</returns>
    public ulong Touch(UInt128 id) => _parts[PartOf(id)] is { } table ? unchecked((ulong)table[FirstPlace(table, Nonzero(id))].Id) : 0;

    private void Grow(int part, (UInt128 Id, UInt128 Content)[] table, int places)
    {
        (UInt128 Id, UInt128 Content)[] larger = new (UInt128, UInt128)[places];
        foreach (ref (UInt128 Id, UInt128 Content) one in table.AsSpan())
        {
            if (one.Id != UInt128.Zero)
            {
                larger[PlaceOf(larger, one.Id)] = one;
            }
        }

        _parts[part] = larger;
    }

    /// <summary>Where an id stands, or would.</summary>
    private static int PlaceOf((UInt128 Id, UInt128 Content)[] table, UInt128 id)
    {
        int place = FirstPlace(table, id);
        while (table[place].Id != id && table[place].Id != UInt128.Zero)
        {
            place = place + 1 == table.Length ? 0 : place + 1;
        }

        return place;
    }

    private static int FirstPlace((UInt128 Id, UInt128 Content)[] table, UInt128 id) =>
        unchecked((int)(((ulong)(uint)(ulong)(id >> 32) * (uint)table.Length) >> 32));

    private static int PartOf(UInt128 id) => unchecked((int)((ulong)(id >> 64) >> (64 - BitOperations.Log2(Parts))));

    private static UInt128 Nonzero(UInt128 id) => id == UInt128.Zero ? UInt128.One : id;
}
