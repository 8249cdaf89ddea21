namespace LlmCostModel.Logs;

/// <summary>A line that was added up, as long as it may turn out to tell of a call that is there already.</summary>
internal struct LineRow
{
    /// <summary>The key of its id, if it has one.</summary>
    public UInt128 Id;

    /// <summary>All that it says, if it has an id.</summary>
    public UInt128 Content;

    /// <summary>Where it stands in the chunk.</summary>
    public int Start;

    public int Length;

    /// <summary>The tally that it is in; below 0 when it is left out.</summary>
    public int Tally;

    public bool HasId;

    public bool IsUndated;

    public bool IsRemoved;
}
