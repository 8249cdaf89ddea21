namespace LlmCostModel.Logs;

/// <summary>The calls of the caller's own that have an id: what was said under each.</summary>
internal sealed class OwnCalls
{
    private readonly Dictionary<UInt128, UInt128> _byId = [];
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
    public Found Add(UInt128 id, UInt128 content) =>
        _byId.TryAdd(id, content) ? Found.New
        : _byId[id] != content && _others.Add(content) ? Found.Other
        : Found.Same;

    /// <summary>What was said first under an id.</summary>
    public bool TryGet(UInt128 id, out UInt128 content) => _byId.TryGetValue(id, out content);
}
