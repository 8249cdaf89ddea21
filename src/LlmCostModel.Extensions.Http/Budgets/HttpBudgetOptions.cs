using LlmCostModel.Budgets;

namespace LlmCostModel;

/// <summary>What a <see cref="BudgetHandler"/> asks of the budgets before a call.</summary>
public sealed class HttpBudgetOptions
{
    /// <summary>Gets or sets how tokens of a text are counted, such as <c>tokenizer.CountTokens</c> of Microsoft.ML.Tokenizers.</summary>
    /// <value>None by default: then a token is taken for a byte of the request's JSON, which no tokenizer of bytes exceeds: a ceiling
    /// that holds, and several times the truth.</value>
    public Func<string, int>? CountTokens { get; set; }

    /// <summary>Gets or sets the most input tokens that are not counted: pictures, files, conversations that the provider keeps, and what
    /// it puts between messages.</summary>
    /// <value>Not given by default: without it there is no ceiling when a request has anything but text. With <see cref="CountTokens"/> it
    /// is 16 per message, part and tool for text alone.</value>
    public long? UncountedInputTokens { get; set; }

    /// <summary>Gets or sets the most output tokens, reasoning included, where a request sets no limit and the model's own is not
    /// known.</summary>
    /// <value>Not given by default: then the limits of the model's rate card count, and without any there is no ceiling.</value>
    public long? MaxOutputTokens { get; set; }

    /// <summary>Gets or sets how many output tokens, reasoning included, calls of this kind have on average, for <see
    /// cref="BudgetHold.Expected"/>.</summary>
    /// <value>Not given by default: there is no expected cost then.</value>
    public long? ExpectedOutputTokens { get; set; }

    /// <summary>Gets or sets which amount is held.</summary>
    /// <value><see cref="BudgetHold.Ceiling"/> by default.</value>
    public BudgetHold Hold { get; set; }

    /// <summary>Gets tags of every call, beside those of the <see cref="CostScope"/> around it, which win, and <c>model</c> and
    /// <c>provider</c> as they are asked for.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets what changes a request before it is asked: another ceiling, a longer life, a tag.</summary>
    /// <value>None by default.</value>
    public Func<BudgetRequest, HttpRequestMessage, BudgetRequest>? ChangeRequest { get; set; }

    /// <summary>Gets or sets what receives how each call was counted.</summary>
    /// <value>None by default.</value>
    public Action<BudgetRequest, BudgetSettlement>? OnSettled { get; set; }
}
