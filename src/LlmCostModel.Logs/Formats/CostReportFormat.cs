using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reports of costs, which have no usage to price: each is refused once, by its name.</summary>
/// <remarks>
/// https://platform.openai.com/docs/api-reference/usage/costs,
/// https://platform.claude.com/docs/en/api/admin-api/usage-cost/get-cost-report,
/// https://docs.aws.amazon.com/cur/latest/userguide/data-dictionary.html,
/// https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html,
/// https://learn.microsoft.com/azure/cost-management-billing/dataset-schema/cost-usage-details-mca,
/// https://focus.finops.org/focus-specification, read 2026-11-26.
/// </remarks>
internal sealed class CostReportFormat : LogFormat
{
    private static readonly (string Of, string Instead, Func<JsonElement, bool> Is)[] Reports =
    [
        ("OpenAI", "its usage report has the tokens (/v1/organization/usage/completions, grouped by model)", IsOpenAI),
        ("Anthropic", "its usage report has the tokens (/v1/organizations/usage_report/messages, grouped by model)", IsAnthropic),
        ("AWS", "Bedrock's invocation log has the tokens", IsAws),
        ("Azure", "the responses or their log have the tokens", IsAzure),
        ("a cloud (FOCUS)", "the responses or their log have the tokens", IsFocus),
    ];

    public override string Name => "cost-report";

    public override string Description => "cost reports";

    internal override IReadOnlyList<string> Marks { get; } =
    [
        "results", "data", "lineItem/UsageType", "line_item_usage_type", "ResultsByTime", "meterCategory", "MeterCategory", "BilledCost",
    ];

    public override LogFormatReader Open() => new Reader();

    private static bool IsOpenAI(JsonElement record) => ReportBuckets.Of(record, "start_time") is { Count: > 0 } results
        && results.All(one => one.Result.Text("object") == "organization.costs.result");

    private static bool IsAnthropic(JsonElement record) => ReportBuckets.Of(record, "starting_at") is { Count: > 0 } results
        && results.All(one => one.Result.Has("amount", "currency") && !one.Result.Has("uncached_input_tokens"));

    private static bool IsAws(JsonElement record) => RecordFields.Of(record) is { } fields
        && (fields.Has("lineItem/UsageType", "lineItem/UnblendedCost") || fields.Has("line_item_usage_type", "line_item_unblended_cost")
            || (fields.Has("ResultsByTime") && fields.List("ResultsByTime") is not null));

    private static bool IsAzure(JsonElement record) => RecordFields.Of(record) is { } fields
        && fields.HasAny("meterCategory", "MeterCategory")
        && fields.HasAny("costInBillingCurrency", "CostInBillingCurrency", "PreTaxCost", "preTaxCost", "costInUsd", "Cost", "cost");

    private static bool IsFocus(JsonElement record) =>
        RecordFields.Of(record) is { } fields && fields.Has("BilledCost", "ChargePeriodStart") && fields.HasAny("ServiceName", "SkuId");

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            foreach ((string of, string instead, Func<JsonElement, bool> isOne) in Reports)
            {
                if (isOne(record))
                {
                    return
                    [
                        LogEntry.WithoutUsage($"This is a cost report of {of}, which states money and not usage: {instead}. To compare it "
                            + "with a log: llmcost reconcile LOG --bill FILE."),
                    ];
                }
            }

            return null;
        }
    }
}
