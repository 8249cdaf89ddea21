namespace LlmCostModel.Logs;

/// <summary>One kind of tokens of a day and model, in the log and in the bill.</summary>
public sealed class ReconciledTokens
{
    internal ReconciledTokens(TokenBucket bucket) => Bucket = bucket;

    /// <summary>Gets which tokens: reasoning is in the output, and all lifetimes of the cache are one kind.</summary>
    public TokenBucket Bucket { get; }

    /// <summary>Gets what they cost by the log, in the currency of the row.</summary>
    public decimal Log { get; internal init; }

    /// <summary>Gets what the bill charges for them, in the currency of the row.</summary>
    public decimal Bill { get; internal init; }

    /// <summary>Gets how many the log has.</summary>
    public long LogTokens { get; internal init; }

    /// <summary>Gets how many the bill charges; <see langword="null"/> when it does not say.</summary>
    public decimal? BillTokens { get; internal init; }
}
