namespace LlmCostModel.Logs;

/// <summary>By what the call of a row is known again.</summary>
internal struct RowId
{
    /// <summary>The key of its id, and of all that it says.</summary>
    public UInt128 Id, Content;

    /// <summary>Whether it has an id.</summary>
    public bool IsStated;
}
