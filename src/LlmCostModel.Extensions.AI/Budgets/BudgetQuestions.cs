using System.Text;
using LlmCostModel.Budgets;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Makes what budgets are asked of a call: its tags, and what it can cost.</summary>
internal sealed class BudgetQuestions
{
    private readonly CostTracker _tracker;
    private readonly BudgetClientOptions _options;
    private readonly bool _countsBytes;

    private BudgetQuestions(CostTracker tracker, BudgetClientOptions options)
    {
        (_tracker, _options) = (tracker, options);
        _countsBytes = options.Range.CountTokens is null;
        options.Range.CountTokens ??= Encoding.UTF8.GetByteCount;
    }

    internal Action<BudgetRequest, BudgetSettlement>? OnSettled => _options.OnSettled;

    internal static BudgetQuestions Of(IChatClient inner, Action<BudgetClientOptions>? configure)
    {
        BudgetClientOptions options = new();
        configure?.Invoke(options);
        return new(
            inner.GetService<CostTracker>() ?? throw new InvalidOperationException(
                "UseBudget counts what UseCostTracking prices, and the client inside is not tracked. Call UseCostTracking after "
                    + "UseBudget."),
            options);
    }

    internal BudgetRequest Ask(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        CostScope? scope = CostScope.Current;
        string? model = options?.ModelId ?? _tracker.DefaultModel;
        CallContext context = scope is null ? _tracker.Context : scope.Context.Or(_tracker.Context);
        CostRange range = new CostRangeCalculator(_tracker.Estimator, model, context, _options.Range).Estimate(messages, options);
        BudgetRequest request = new()
        {
            Tags = Tags(scope, model, in context),
            Ceiling = range.Ceiling,
            Expected = range.Expected,
            Floor = _countsBytes ? null : range.Floor, // bytes are more than tokens, so they are not the least
            Tokens = range.CeilingTokens,
            Hold = _options.Hold,
            UnknownBecause = range.Issues.Count == 0 ? null : string.Join(" ", range.Issues),
        };
        return _options.ChangeRequest?.Invoke(request, messages, options) ?? request;
    }

    private Dictionary<string, string> Tags(CostScope? scope, string? model, in CallContext context)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        if (model is not null)
        {
            tags["model"] = model;
        }

        if (context.Provider is { } provider)
        {
            tags["provider"] = provider;
        }

        foreach ((string name, string value) in _options.Tags.Concat(scope?.Tags ?? EquatableTexts.None))
        {
            tags[name] = value;
        }

        return tags;
    }
}
