using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Counts costs. Metrics are binary floating point, the only kind that OpenTelemetry exports; exact amounts are for
/// observers.</summary>
internal sealed class CostInstruments
{
    private static readonly Meter Shared = new(MetricNames.Meter);

    /// <summary>Calls cost from thousandths of a cent to some dollars; default buckets begin at 5.</summary>
    private static readonly InstrumentAdvice<double> Dollars = new()
    {
        HistogramBucketBoundaries = [0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50],
    };

    private readonly Counter<double> _cost;
    private readonly Histogram<double> _operationCost;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _unpriced;
    private readonly Counter<double> _reported;
    private readonly Counter<long> _drifted;
    private readonly Counter<double> _compared;
    private readonly Counter<double> _comparedReported;
    private readonly DetailedTokens _detailed;
    private readonly string[] _scopeTags;
    private readonly TagLimit[] _limits;
    private readonly TagLimit _requestModels;
    private readonly TagLimit _responseModels;
    private readonly decimal _tolerance;
    private int _hasBegun;

    internal CostInstruments(IMeterFactory? factory, CostTrackingOptions options)
    {
        Meter meter = factory?.Create(MetricNames.Meter) ?? Shared;
        _cost = meter.CreateCounter<double>(
            MetricNames.UsageCost,
            "{currency}",
            "Money spent on calls, as calculated from the rate cards.");
        _operationCost = meter.CreateHistogram(
            MetricNames.OperationCost,
            "{currency}",
            "Cost of single calls, as calculated from the rate cards.",
            tags: null,
            Dollars);
        _tokens = meter.CreateCounter<long>(MetricNames.UsageTokens, "{token}", "Tokens consumed, each in exactly one kind.");
        _calls = meter.CreateCounter<long>(MetricNames.Calls, "{call}", "Calls, by whether they could be priced.");
        _unpriced = meter.CreateCounter<long>(MetricNames.UnpricedCalls, "{call}", "Calls that are not wholly priced, by the reason.");
        _reported = meter.CreateCounter<double>(MetricNames.ReportedCost, "{currency}", "Money spent on calls, as providers report it.");
        _drifted = meter.CreateCounter<long>(MetricNames.DriftedCalls, "{call}", "Calls whose calculated cost is not the reported one.");
        _compared = meter.CreateCounter<double>(
            MetricNames.ComparedCost, "{currency}", "Money spent on calls whose provider reports a cost, as calculated.");
        _comparedReported = meter.CreateCounter<double>(
            MetricNames.ComparedReportedCost, "{currency}", "Money spent on calls that are wholly priced, as their providers report it.");
        _detailed = new DetailedTokens(meter);
        _scopeTags = [.. options.MetricTags];
        _limits = [.. _scopeTags.Select(_ => new TagLimit(options.MaxMetricTagValues))];
        _requestModels = new TagLimit(options.MaxMetricTagValues);
        _responseModels = new TagLimit(options.MaxMetricTagValues);
        _tolerance = options.DriftTolerance;
    }

    internal void Record(CallCost cost)
    {
        if (_cost.Enabled
            || _operationCost.Enabled
            || _tokens.Enabled
            || _calls.Enabled
            || _unpriced.Enabled
            || _reported.Enabled
            || _drifted.Enabled
            || _compared.Enabled
            || _comparedReported.Enabled
            || _detailed.Enabled)
        {
            RecordAll(cost);
        }
    }

    // Apart, because its lists of tags are cleared when it begins, which costs more than all that comes before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordAll(CallCost cost)
    {
        BeginAtZero();
        TagList tags = TagsOf(cost, cost.ResponseModel);
        _calls.Add(1, With(tags, MetricNames.Status, ActivityTags.TextOf(cost.Status)));
        if (cost.Status != CostStatus.Priced)
        {
            _unpriced.Add(1, With(tags, MetricNames.Reason, ReasonOf(cost)));
        }

        RecordTokens(cost, tags);
        foreach (Money total in cost.Priced.Totals)
        {
            TagList inCurrency = With(tags, MetricNames.Currency, total.Currency);
            _cost.Add((double)total.Amount, inCurrency);
            _operationCost.Record((double)total.Amount, inCurrency);
        }

        if (cost.Priced.Reported is { } reported)
        {
            _reported.Add((double)reported.Amount, With(tags, MetricNames.Currency, reported.Currency));
        }

        if (cost.Priced.Drift is not { } drift)
        {
            return;
        }

        TagList compared = With(tags, MetricNames.Currency, drift.Calculated.Currency);
        _compared.Add((double)drift.Calculated.Amount, compared);
        _comparedReported.Add((double)drift.Reported.Amount, compared);
        if (!drift.IsWithin(_tolerance))
        {
            _drifted.Add(1, With(tags, MetricNames.Direction, drift.Difference > 0 ? "over" : "under"));
        }
    }

    /// <summary>A counter is born with its first value, and what is born has not increased: an alert that waits for the first unpriced or
    /// drifted call needs a 0 before it.</summary>
    private void BeginAtZero()
    {
        if (Volatile.Read(ref _hasBegun) != 0 || Interlocked.Exchange(ref _hasBegun, 1) != 0)
        {
            return;
        }

        foreach (CostIssueKind kind in Enum.GetValues<CostIssueKind>())
        {
            _unpriced.Add(0, new KeyValuePair<string, object?>(MetricNames.Reason, kind.ToString()));
        }

        _drifted.Add(0, new KeyValuePair<string, object?>(MetricNames.Direction, "over"));
        _drifted.Add(0, new KeyValuePair<string, object?>(MetricNames.Direction, "under"));
    }

    /// <summary>The first thing that has no price; that the usage is not known only when that is all.</summary>
    private static string ReasonOf(CallCost cost) =>
        (cost.Issues.FirstOrDefault(issue => issue.Kind != CostIssueKind.UnknownUsage)?.Kind ?? CostIssueKind.UnknownUsage).ToString();

    /// <summary>The tokens of every part, each under the model that consumed them.</summary>
    private void RecordTokens(CallCost cost, in TagList tags)
    {
        foreach (PricedPart part in _tokens.Enabled || _detailed.Enabled ? cost.Priced.Parts : [])
        {
            if (part.Usage is not { } usage)
            {
                continue;
            }

            TagList ofModel = part.Role == CallRole.Main ? tags : TagsOf(cost, part.Model);
            _detailed.Record(in usage, in ofModel);
            foreach (TokenBucketInfo row in TokenBuckets.All)
            {
                if (usage[row.Bucket] != 0)
                {
                    _tokens.Add(usage[row.Bucket], With(ofModel, MetricNames.TokenKind, row.Name));
                }
            }
        }
    }

    private TagList TagsOf(CallCost cost, string? responseModel)
    {
        TagList tags = default;
        tags.Add(MetricNames.Operation, cost.Operation);
        Add(ref tags, MetricNames.Protocol, cost.Protocol);
        Add(ref tags, MetricNames.RequestModel, _requestModels.Bound(cost.RequestedModel));
        Add(ref tags, MetricNames.ResponseModel, _responseModels.Bound(responseModel));
        Add(ref tags, MetricNames.Provider, cost.Priced.Main.Estimate.Provider ?? cost.Priced.Context.Provider);
        for (int i = 0; i < _scopeTags.Length; i++)
        {
            Add(ref tags, _scopeTags[i], _limits[i].Bound(cost.Tags.GetValueOrDefault(_scopeTags[i])));
        }

        return tags;
    }

    private static void Add(ref TagList tags, string name, string? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }

    private static TagList With(TagList tags, string name, string value)
    {
        tags.Add(name, value);
        return tags;
    }
}
