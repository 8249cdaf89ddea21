namespace LlmCostModel;

/// <summary>One reason why a cost, or a part of it, is not known.</summary>
/// <param name="Kind">The kind of reason.</param>
/// <param name="Subject">What it is about: the model id, bucket, meter, attribute, tier or provider.</param>
/// <param name="Message">The cause and the fix, in a sentence.</param>
public sealed record CostIssue(CostIssueKind Kind, string Subject, string Message)
{
    /// <summary>Shows the sentence.</summary>
    /// <returns>The <see cref="Message"/>.</returns>
    public override string ToString() => Message;
}
