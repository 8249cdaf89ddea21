namespace LlmCostModel.Logs;

/// <summary>What came out of comparing a log with a bill.</summary>
public sealed class ReconciliationResult
{
    internal ReconciliationResult()
    {
    }

    /// <summary>Gets the days and models, by day, provider, model and currency.</summary>
    public IReadOnlyList<ReconciledDay> Days { get; internal init; } = [];

    /// <summary>Gets the sums, by currency.</summary>
    public IReadOnlyList<ReconciliationTotal> Totals { get; internal init; } = [];

    /// <summary>Gets the lines that are not use: credits, discounts, taxes and fees, in the order of the bill.</summary>
    public IReadOnlyList<BillLine> Apart { get; internal init; } = [];

    /// <summary>Gets what has to be said of the whole, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Gets how many records the log has.</summary>
    public long Records { get; internal init; }

    /// <summary>Gets how many of them cannot be read.</summary>
    public long Rejected { get; internal init; }

    /// <summary>Gets how many of them tell of a call that another one tells of as well.</summary>
    public long Merged { get; internal init; }

    /// <summary>Gets how many calls state no time, so that they are of no day.</summary>
    public long Undated { get; internal init; }

    /// <summary>Gets whether every day and model is equal, with every call at its price.</summary>
    public bool IsEqual =>
        Rejected == 0 && Undated == 0 && Days.All(day => day is { Status: ReconciliationStatus.Equal, Partial: 0, Unpriced: 0 });
}
