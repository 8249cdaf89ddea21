namespace LlmCostModel.Logs;

/// <summary>Gives the records of a log one after the other.</summary>
internal interface IRecordSource
{
    /// <summary>Reads the next record.</summary>
    /// <param name="record">The record, which holds until the next one is read.</param>
    /// <returns>Whether there is one.</returns>
    bool TryRead(out RawRecord record);
}
