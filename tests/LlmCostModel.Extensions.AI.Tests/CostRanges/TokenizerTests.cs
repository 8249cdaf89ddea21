using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;

namespace LlmCostModel.Extensions.AI.Tests;

public class TokenizerTests
{
    /// <summary>"hello world" is two tokens of o200k_base, one a word.</summary>
    [Fact]
    public void CountTokensWith_TheModelsTokenizer_CountsItsTokens()
    {
        TiktokenTokenizer tokenizer = TiktokenTokenizer.CreateForEncoding("o200k_base");
        CostRange range = TestRates.Estimator.EstimateRange(
            "gpt-test",
            [new ChatMessage(ChatRole.User, "hello world")],
            options => options.CountTokensWith(tokenizer),
            new ChatOptions { MaxOutputTokens = 100 });

        Assert.Equal(2, range.CountedInputTokens);
        Assert.Equal(new Money(0.000001m, "USD"), range.Floor); // both read from the cache at 0.5
    }
}
