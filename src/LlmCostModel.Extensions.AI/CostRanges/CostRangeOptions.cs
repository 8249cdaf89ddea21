namespace LlmCostModel.Extensions.AI;

/// <summary>What is assumed of a call that was not made yet. What is not given is not guessed: the bound that needs it stays
/// open.</summary>
public sealed class CostRangeOptions
{
    /// <summary>Gets or sets how tokens of a text are counted, such as <c>tokenizer.CountTokens</c> of Microsoft.ML.Tokenizers.</summary>
    /// <value>None by default; required.</value>
    public Func<string, int>? CountTokens { get; set; }

    /// <summary>Gets or sets the most input tokens that are not counted: images, files, what the provider puts between messages.</summary>
    /// <value>Not given by default: without it there is no ceiling when a message holds anything but text. For text alone it is 16 per
    /// message and tool.</value>
    public long? UncountedInputTokens { get; set; }

    /// <summary>Gets or sets the most output tokens, reasoning included, where <c>ChatOptions.MaxOutputTokens</c> sets no limit and the
    /// model's own is not known.</summary>
    /// <value>Not given by default: then the limits of the model's rate card count, and without any there is no ceiling.</value>
    public long? MaxOutputTokens { get; set; }

    /// <summary>Gets or sets how many output tokens, reasoning included, calls of this kind have on average.</summary>
    /// <value>Not given by default: there is no expected cost then.</value>
    public long? ExpectedOutputTokens { get; set; }

    /// <summary>Gets or sets which part of the input is expected to be read from a cache, 0 to 1.</summary>
    /// <value>0 by default.</value>
    public decimal ExpectedCacheHitRate { get; set; }
}
