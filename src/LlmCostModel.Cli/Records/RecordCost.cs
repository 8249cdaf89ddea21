namespace LlmCostModel.Cli.Records;

/// <summary>What a record costs: the call itself and the calls of other models inside it.</summary>
internal sealed record RecordCost(CostStatus Status, IReadOnlyList<string> Reasons, Money? Total, string? Canonical, string? Host)
{
    public static RecordCost Of(PriceRecord record, ICostEstimator estimator, DateTimeOffset now)
    {
        List<string> reasons = record.Shortfall is null ? [] : [record.Shortfall];
        if (record.Model.Length == 0)
        {
            reasons.Add("The response names no model. Give it with --model.");
            return new(CostStatus.Unpriced, reasons, null, null, null);
        }

        CallContext context = record.Context with { At = record.Context.At ?? now };
        CostEstimate estimate = estimator.Estimate(record.Model, record.Usage, context, record.Meters);
        if (!record.IsUsageKnown)
        {
            return new(CostStatus.Unpriced, reasons, null, estimate.Model, estimate.Host);
        }

        reasons.AddRange(estimate.Issues.Select(issue => issue.Message));
        Money? total = estimate.Total;
        bool isWhole = estimate.Status == CostStatus.Priced && record.Shortfall is null;
        foreach (OtherModelUsage other in record.Others)
        {
            CostEstimate more = estimator.Estimate(other.Model ?? record.Model, other.Usage, context);
            isWhole &= more.Status == CostStatus.Priced;
            reasons.AddRange(more.Issues.Select(issue => issue.Message));
            total = total is { } sum && more.Total is { } amount ? sum + amount : total;
        }

        CostStatus status = total is null ? CostStatus.Unpriced : isWhole ? CostStatus.Priced : CostStatus.Partial;
        return new(status, reasons, total, estimate.Model, estimate.Host);
    }
}
