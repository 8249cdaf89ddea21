namespace LlmCostModel.Extensions.AI;

/// <summary>Adds up the model of a call and other models inside it.</summary>
internal sealed class CallSum
{
    private static readonly string[] None = [];

    private List<string>? _reasons;
    private bool _isWhole = true;

    internal Money? Total { get; private set; }

    internal CostIssueKind? Issue { get; private set; }

    internal IReadOnlyList<string> Reasons => _reasons ?? (IReadOnlyList<string>)None;

    internal CostStatus Status => Total is null ? CostStatus.Unpriced : _isWhole ? CostStatus.Priced : CostStatus.Partial;

    internal void Lacks(string reason)
    {
        _isWhole = false;
        (_reasons ??= []).Add(reason);
    }

    internal CostEstimate Add(ICostEstimator estimator, string? model, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        if (model is null)
        {
            Lacks("Neither the response nor the request names a model. Set ChatOptions.ModelId.");
            return default;
        }

        try
        {
            CostEstimate estimate = estimator.Estimate(model, in usage, in context, meters);
            if (estimate.Status != CostStatus.Priced)
            {
                Lacks(estimate.Issues);
            }

            if (estimate.Total is { } amount)
            {
                Total = Total is { } sum ? sum + amount : amount;
            }

            return estimate;
        }
        catch (UnpricedException exception)
        {
            // A strict estimator throws; the call is made all the same, so it is told of like any other without a price.
            Lacks(exception.Issues);
            return default;
        }
        catch (Exception exception) when (exception is OverflowException or InvalidOperationException)
        {
            Lacks(exception.Message);
            return default;
        }
    }

    private void Lacks(IReadOnlyList<CostIssue> issues)
    {
        foreach (CostIssue issue in issues)
        {
            Lacks(issue.Message);
            Issue ??= issue.Kind;
        }
    }
}
