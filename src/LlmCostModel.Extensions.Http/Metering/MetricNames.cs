namespace LlmCostModel;

/// <summary>The names of the meter, its instruments and their tags, and of the tags on activities. <c>docs/middleware.md</c> describes
/// them.</summary>
public static class MetricNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "LlmCostModel";

    /// <summary>Counter of money spent, in <c>{currency}</c>, by <see cref="Currency"/>.</summary>
    public const string UsageCost = "llmcost.usage.cost";

    /// <summary>Histogram of the cost of calls, in <c>{currency}</c>, by <see cref="Currency"/>.</summary>
    public const string OperationCost = "llmcost.operation.cost";

    /// <summary>Counter of tokens, disjoint, by <see cref="TokenKind"/>.</summary>
    public const string UsageTokens = "llmcost.usage.tokens";

    /// <summary>Counter of calls, by <see cref="Status"/>.</summary>
    public const string Calls = "llmcost.calls";

    /// <summary>Counter of calls that are not wholly priced, by <see cref="Reason"/>.</summary>
    public const string UnpricedCalls = "llmcost.calls.unpriced";

    /// <summary>Counter of money that providers themselves say was spent, in <c>{currency}</c>.</summary>
    public const string ReportedCost = "llmcost.usage.reported_cost";

    /// <summary>Counter of calls whose calculated cost differs from the reported one by more than the tolerance, by <see
    /// cref="Direction"/>.</summary>
    public const string DriftedCalls = "llmcost.calls.drifted";

    /// <summary>Counter of the calculated cost of calls whose provider reports a cost, in <c>{currency}</c>: to compare with <see
    /// cref="ComparedReportedCost"/>.</summary>
    public const string ComparedCost = "llmcost.compared.calculated_cost";

    /// <summary>Counter of the reported cost of calls that are wholly priced, in <c>{currency}</c>: to compare with <see
    /// cref="ComparedCost"/>.</summary>
    public const string ComparedReportedCost = "llmcost.compared.reported_cost";

    /// <summary>Counter of all input tokens, cached ones included, by <see cref="Modality"/>: a name of OpenTelemetry's.</summary>
    public const string InputTokens = "gen_ai.client.inference.usage.detailed.input_tokens";

    /// <summary>Counter of the input tokens among them that were read from a cache, by <see cref="Modality"/>.</summary>
    public const string CacheReadInputTokens = "gen_ai.client.inference.usage.detailed.cache_read.input_tokens";

    /// <summary>Counter of the input tokens among them that were written to a cache, by <see cref="Modality"/>.</summary>
    public const string CacheWriteInputTokens = "gen_ai.client.inference.usage.detailed.cache_write.input_tokens";

    /// <summary>Counter of all output tokens, reasoning included, by <see cref="Modality"/>: a name of OpenTelemetry's.</summary>
    public const string OutputTokens = "gen_ai.client.inference.usage.detailed.output_tokens";

    /// <summary>Counter of the output tokens among them that are reasoning, by <see cref="Modality"/>.</summary>
    public const string ReasoningOutputTokens = "gen_ai.client.inference.usage.detailed.reasoning.output_tokens";

    /// <summary>Tag: <c>text</c>, <c>audio</c>, <c>image</c>, <c>video</c>, or <c>unknown</c> where no modality is stated.</summary>
    public const string Modality = "gen_ai.token.modality";

    /// <summary>Tag: the ISO 4217 code of an amount.</summary>
    public const string Currency = "llmcost.currency";

    /// <summary>Tag: the provider that bills, as rate cards name it.</summary>
    public const string Provider = "llmcost.provider";

    /// <summary>Tag: <c>priced</c>, <c>partial</c> or <c>unpriced</c>.</summary>
    public const string Status = "llmcost.status";

    /// <summary>Tag: a <see cref="CostIssueKind"/>, or <c>UnknownUsage</c>.</summary>
    public const string Reason = "llmcost.reason";

    /// <summary>Tag: a <see cref="TokenBucket"/>.</summary>
    public const string TokenKind = "llmcost.token.kind";

    /// <summary>Tag: <c>over</c> when more was calculated than reported, else <c>under</c>.</summary>
    public const string Direction = "llmcost.direction";

    /// <summary>Tag on activities: the calculated cost, as a number that backends can add up.</summary>
    public const string ActivityCost = "llmcost.cost";

    /// <summary>Tag on activities: the calculated cost, exactly, as decimal text.</summary>
    public const string ActivityCostText = "llmcost.cost.exact";

    /// <summary>Tag: the operation, as OpenTelemetry names it.</summary>
    public const string Operation = "gen_ai.operation.name";

    /// <summary>Tag: the provider, as the client names it.</summary>
    public const string Protocol = "gen_ai.provider.name";

    /// <summary>Tag: the model that was asked for.</summary>
    public const string RequestModel = "gen_ai.request.model";

    /// <summary>Tag: the model that answered.</summary>
    public const string ResponseModel = "gen_ai.response.model";
}
