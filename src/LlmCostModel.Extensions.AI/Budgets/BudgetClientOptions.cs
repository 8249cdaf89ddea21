using Microsoft.Extensions.AI;
using LlmCostModel.Budgets;

namespace LlmCostModel.Extensions.AI;

/// <summary>What is asked of the budgets before a call.</summary>
public sealed class BudgetClientOptions
{
    /// <summary>Gets what is assumed of a call to work out the most that it can cost.</summary>
    /// <value>By default a token is a byte of UTF-8, which no tokenizer of bytes exceeds: a ceiling that holds, and several times the
    /// truth. Set <see cref="CostRangeOptions.CountTokens"/> to hold less.</value>
    public CostRangeOptions Range { get; } = new();

    /// <summary>Gets or sets which amount is held.</summary>
    /// <value><see cref="BudgetHold.Ceiling"/> by default.</value>
    public BudgetHold Hold { get; set; }

    /// <summary>Gets tags of every call, beside those of the <see cref="CostScope"/> around it, which win, and <c>model</c> and
    /// <c>provider</c> as they are asked for.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets what changes a request before it is asked: another ceiling, a longer life, a tag.</summary>
    /// <value>None by default.</value>
    public Func<BudgetRequest, IEnumerable<ChatMessage>, ChatOptions?, BudgetRequest>? ChangeRequest { get; set; }

    /// <summary>Gets or sets what receives how each call was counted.</summary>
    /// <value>None by default.</value>
    public Action<BudgetRequest, BudgetSettlement>? OnSettled { get; set; }
}
