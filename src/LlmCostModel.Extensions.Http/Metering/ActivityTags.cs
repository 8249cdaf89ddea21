using System.Diagnostics;

namespace LlmCostModel;

/// <summary>Writes the cost on the span of the call, and only on such a span: one of the application's own would show the last of its calls
/// as if it were all.</summary>
internal static class ActivityTags
{
    internal static void Set(Activity? activity, CallCost cost)
    {
        if (activity is not { IsAllDataRequested: true } || activity.GetTagItem(MetricNames.Operation) is null)
        {
            return;
        }

        activity.SetTag(MetricNames.Status, TextOf(cost.Status));
        if (cost.Total is { } total)
        {
            activity.SetTag(MetricNames.ActivityCost, (double)total.Amount);
            activity.SetTag(MetricNames.ActivityCostText, AmountFormat.ToText(total.Amount));
            activity.SetTag(MetricNames.Currency, total.Currency);
        }
    }

    internal static string TextOf(CostStatus status) => status switch
    {
        CostStatus.Priced => "priced",
        CostStatus.Partial => "partial",
        _ => "unpriced",
    };
}
