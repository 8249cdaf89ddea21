namespace LlmCostModel.Logs;

/// <summary>What was read of one of the two runs.</summary>
public sealed class GateInput
{
    internal GateInput()
    {
    }

    /// <summary>Gets how many records there were.</summary>
    public long Records { get; internal init; }

    /// <summary>Gets how many repeat a call of another one.</summary>
    public long Merged { get; internal init; }

    /// <summary>Gets how many could not be read, or were too large for the sums.</summary>
    public long Rejected { get; internal init; }

    /// <summary>Gets how many calls there are.</summary>
    public long Calls { get; internal init; }

    /// <summary>Gets how many repeated runs there are; 0 without calls.</summary>
    public int Runs { get; internal init; }
}
