using System.Globalization;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Bounds the cost of one call. Prices are linear within the tier that the total input chooses, so the costliest and the cheapest
/// bucket bound every mixture.</summary>
internal sealed class CostRangeCalculator
{
    /// <summary>What providers put between messages: single digits for every tokenizer seen; 16 is meant to be too much.</summary>
    private const long PerPart = 16;

    private readonly ICostEstimator _estimator;
    private readonly string? _model;
    private readonly CallContext _context;
    private readonly CostRangeOptions _assumed;
    private readonly List<string> _assumptions = [];
    private readonly List<string> _issues = [];

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
        (_estimator, _model, _context, _assumed) = (estimator, model, context, assumed);
    }

    internal CostRange Estimate(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        PromptCount prompt = PromptCount.Of(messages, options, _assumed.CountTokens!);
        Assume($"{prompt.Tokens} input tokens, as the given counter counts the texts.");
        PromptLimits limits = new(Limits(), prompt.Tokens);
        if (limits.Refusal() is { } refusal)
        {
            _issues.Add(refusal);
        }

        Money? floor = Floor(prompt.Tokens);
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
            Issues = [.. _issues.Distinct()],
        };
    }

    private Money? Floor(long input)
    {
        Money? fresh = Price(new TokenUsage { Input = input });
        Money? read = PriceIfKnown(new TokenUsage { CacheRead = input });
        return fresh is { } one && read is { } other && other.Amount < one.Amount ? other : fresh;
    }

    private Money? Expected(long input)
    {
        if (_assumed.ExpectedOutputTokens is not { } output)
        {
            return null;
        }

        long read = (long)decimal.Round(input * _assumed.ExpectedCacheHitRate);
        Assume($"expected: {read} of the input tokens read from a cache, {output} output tokens.");
        return Price(new TokenUsage { Input = input - read, CacheRead = read, Output = output });
    }

    private Money? Ceiling(PromptCount prompt, ChatOptions? options, PromptLimits limits, out long? tokens)
    {
        tokens = null;
        if (prompt.HasHostedTools)
        {
            _issues.Add("Hosted tools are charged by use and put their results into the input, so there is no ceiling.");
            return null;
        }

        if (prompt.HasOtherThanText && _assumed.UncountedInputTokens is null)
        {
            _issues.Add("The messages hold more than text, which the counter does not count, so there is no ceiling. Set "
                + "CostRangeOptions.UncountedInputTokens.");
            return null;
        }

        long? output = options?.MaxOutputTokens ?? _assumed.MaxOutputTokens;
        if ((output ?? limits.LongestOutput) is not { } most)
        {
            _issues.Add("Nothing limits the output, so there is no ceiling. Set ChatOptions.MaxOutputTokens or "
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
        return Costliest(input, most);
    }

    /// <summary>Buckets without a price cannot be used at this model; fresh input and output must have one.</summary>
    private Money? Costliest(long input, long output)
    {
        if (Price(new TokenUsage { Input = input, Output = output }) is not { } costliest)
        {
            return null;
        }

        foreach (TokenUsage usage in Alternatives(input, output))
        {
            if (PriceIfKnown(in usage) is { } other && other.Amount > costliest.Amount)
            {
                costliest = other;
            }
        }

        return costliest;
    }

    private static IEnumerable<TokenUsage> Alternatives(long input, long output)
    {
        yield return new TokenUsage { Input = input, Reasoning = output };
        foreach (TokenBucket bucket in TokenBuckets.CacheWrites)
        {
            TokenUsage written = default(TokenUsage).With(bucket, input);
            yield return written with { Output = output };
            yield return written with { Reasoning = output };
        }
    }

    private Money? Price(in TokenUsage usage)
    {
        PricedCall? priced = Ask(in usage, out string? refusal);
        _issues.AddRange(priced is null ? [refusal!] : priced.Issues.Select(issue => issue.Message));
        return priced is { Status: CostStatus.Priced } ? priced.Total : null;
    }

    private Money? PriceIfKnown(in TokenUsage usage) => Ask(in usage, out _) is { Status: CostStatus.Priced } priced ? priced.Total : null;

    /// <summary>What a call would cost; <see langword="null"/> when the estimator throws. A bound that is not known is reported, and breaks
    /// nothing.</summary>
    private PricedCall? Ask(in TokenUsage usage, out string? refusal)
    {
        refusal = null;
        UsageReading reading = new() { Status = UsageStatus.Complete, Origin = UsageOrigin.Application, Model = _model, Usage = usage };
        try
        {
            return _estimator.Price(new ModelCall { Asked = _context, Reading = reading });
        }
        catch (UnpricedException exception) when (exception.Call is { } priced)
        {
            return priced;
        }
        catch (Exception exception) when (exception is OverflowException or InvalidOperationException)
        {
            refusal = exception.Message;
            return null;
        }
    }

    private ModelLimits? Limits() =>
        _model is not null && _estimator.TryGetModel(_model, out PricedModel? found, _context.Provider) ? found.Limits : null;

    private void Assume(FormattableString text) => _assumptions.Add(text.ToString(CultureInfo.InvariantCulture));

    private static void NotNegative(long? count, string name)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(name, count, "A token count cannot be negative.");
        }
    }
}
