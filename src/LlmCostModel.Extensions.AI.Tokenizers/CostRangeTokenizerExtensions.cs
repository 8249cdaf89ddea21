using Microsoft.ML.Tokenizers;

namespace LlmCostModel.Extensions.AI;

/// <summary>Lets a tokenizer count the tokens of a prompt.</summary>
public static class CostRangeTokenizerExtensions
{
    /// <summary>Counts with a tokenizer of Microsoft.ML.Tokenizers. Take the one of the model: another counts other tokens.</summary>
    /// <param name="options">The options of the estimate.</param>
    /// <param name="tokenizer">The tokenizer, such as <c>TiktokenTokenizer.CreateForModel("gpt-4o")</c>.</param>
    /// <returns>The options, for chaining.</returns>
    public static CostRangeOptions CountTokensWith(this CostRangeOptions options, Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tokenizer);
        options.CountTokens = text => tokenizer.CountTokens(text);
        return options;
    }
}
