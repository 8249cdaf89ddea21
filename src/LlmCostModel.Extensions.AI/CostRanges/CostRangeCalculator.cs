using System.Globalization;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Bounds the cost of one call by what can be counted of it.</summary>
internal sealed class CostRangeCalculator
{
    /// <summary>What providers put between messages: single digits for every tokenizer seen; 16 is meant to be too much.</summary>
    private const long PerPart = 16;

    private readonly RangePrices _prices;
    private readonly CostRangeOptions _assumed;
    private readonly List<string> _assumptions = [];

    internal CostRangeCalculator(ICostEstimator estimator, string? model, CallContext context, CostRangeOptions assumed)
    {
        if (assumed.CountTokens is null)
        {
            throw new ArgumentException("CostRangeOptions.CountTokens is not set. Set it to how the model's tokens are counted, such as "
                + "CountTokens of a Microsoft.ML.Tokenizers tokenizer.", nameof(assumed));
        }

        if (assumed.ExpectedCacheHitRate is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(assumed),
                assumed.ExpectedCacheHitRate,
                "CostRangeOptions.ExpectedCacheHitRate is a part of the input, from 0 to 1.");
        }

        NotNegative(assumed.UncountedInputTokens, nameof(assumed.UncountedInputTokens));
        NotNegative(assumed.MaxOutputTokens, nameof(assumed.MaxOutputTokens));
        NotNegative(assumed.ExpectedOutputTokens, nameof(assumed.ExpectedOutputTokens));
        (_prices, _assumed) = (new(estimator, model, context), assumed);
    }

    internal CostRange Estimate(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        PromptCount prompt = PromptCount.Of(messages, options, _assumed.CountTokens!);
        Assume($"{prompt.Tokens} input tokens, as the given counter counts the texts.");
        PromptLimits limits = new(_prices.Limits, prompt.Tokens);
        if (limits.Refusal() is { } refusal)
        {
            _prices.Issues.Add(refusal);
        }

        Money? floor = _prices.Floor(prompt.Tokens);
        Money? expected = Expected(prompt.Tokens);
        Money? ceiling = Ceiling(prompt, options, limits, out long? ceilingTokens);
        return new CostRange
        {
            CeilingTokens = ceilingTokens,
            CountedInputTokens = prompt.Tokens,
            Fits = limits.Fits,
            Floor = floor,
            Expected = expected,
            Ceiling = ceiling,
            Assumptions = _assumptions,
            Issues = [.. _prices.Issues.Distinct()],
        };
    }

    private Money? Expected(long input)
    {
        if (_assumed.ExpectedOutputTokens is not { } output)
        {
            return null;
        }

        long read = (long)decimal.Round(input * _assumed.ExpectedCacheHitRate);
        Assume($"expected: {read} of the input tokens read from a cache, {output} output tokens.");
        return _prices.Price(new TokenUsage { Input = input - read, CacheRead = read, Output = output });
    }

    private Money? Ceiling(PromptCount prompt, ChatOptions? options, PromptLimits limits, out long? tokens)
    {
        tokens = null;
        if (prompt.HasHostedTools)
        {
            _prices.Issues.Add("Hosted tools are charged by use and put their results into the input, so there is no ceiling.");
            return null;
        }

        if (prompt.HasOtherThanText && _assumed.UncountedInputTokens is null)
        {
            _prices.Issues.Add("The messages hold more than text, which the counter does not count, so there is no ceiling. Set "
                + "CostRangeOptions.UncountedInputTokens.");
            return null;
        }

        long? output = options?.MaxOutputTokens ?? _assumed.MaxOutputTokens;
        if ((output ?? limits.LongestOutput) is not { } most)
        {
            _prices.Issues.Add("Nothing limits the output, so there is no ceiling. Set ChatOptions.MaxOutputTokens or "
                + "CostRangeOptions.MaxOutputTokens.");
            return null;
        }

        if (output is null)
        {
            Assume(limits.Basis());
        }

        long input = checked(prompt.Tokens + (_assumed.UncountedInputTokens ?? (PerPart * prompt.Parts)));
        const string Sizes = "input tokens at the costliest of fresh and written to a cache";
        Assume($"ceiling: {input} {Sizes}, {most} output tokens, reasoning included, one call.");
        tokens = checked(input + most);
        return _prices.Costliest(input, most);
    }

    private void Assume(FormattableString text) => _assumptions.Add(text.ToString(CultureInfo.InvariantCulture));

    private static void NotNegative(long? count, string name)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(name, count, "A token count cannot be negative.");
        }
    }
}
