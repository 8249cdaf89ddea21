namespace LlmCostModel.Planning;

/// <summary>Which buckets and meters the calls of a line use, and how their means become counts.</summary>
internal sealed class LineBuckets
{
    private readonly ForecastLine _line;
    private readonly TokenBucketInfo[] _others;

    internal LineBuckets(ForecastLine line)
    {
        _line = line;
        _others = [.. line.OtherTokens.Keys.Select(TokenBuckets.Get)];
        Meters = [.. line.Meters.Keys];
        Missed = TokenBuckets.Get(line.WriteBucket ?? TokenBucket.Input);
        List<TokenBucket> used = [];
        bool anyPrompt = line.PromptTokens.Exact != 0;
        Use(TokenBucket.CacheRead, anyPrompt && line.HitRate.Exact != 0);
        Use(Missed.Bucket, anyPrompt && line.HitRate.Exact != 1);
        Use(TokenBucket.Output, line.OutputTokens.Exact != 0);
        Use(TokenBucket.Reasoning, line.ReasoningTokens.Exact != 0);
        foreach ((TokenBucket bucket, Uncertain value) in line.OtherTokens)
        {
            Use(bucket, value.Exact != 0 && !used.Contains(bucket));
        }

        Used = [.. used];
        IsMeterUsed = [.. line.Meters.Values.Select(value => value.Exact != 0)];

        void Use(TokenBucket bucket, bool isUsed)
        {
            if (isUsed)
            {
                used.Add(bucket);
            }
        }
    }

    internal TokenBucket[] Used { get; }

    internal string[] Meters { get; }

    internal bool[] IsMeterUsed { get; }

    /// <summary>The bucket of prompt tokens that are not read.</summary>
    internal TokenBucketInfo Missed { get; }

    /// <summary>The mean of a bucket, given what its part of the prompt and of the output is.</summary>
    internal double MeanOf(TokenBucket bucket, in CallMeans means, double prompt, double output, double others)
    {
        double mean = 0;
        mean += bucket == TokenBucket.CacheRead ? means.Prompt * means.HitRate * prompt : 0;
        mean += bucket == Missed.Bucket ? means.Prompt * (1 - means.HitRate) * prompt : 0;
        mean += bucket == TokenBucket.Output ? means.Output * output : 0;
        mean += bucket == TokenBucket.Reasoning ? means.Reasoning * output : 0;
        for (int i = 0; i < _others.Length; i++)
        {
            mean += bucket == _others[i].Bucket ? means.Others[i] * others : 0;
        }

        return mean;
    }

    /// <summary>The mean number of units of a meter.</summary>
    internal double UnitsOf(int meter, in CallMeans means) => means.Others[_others.Length + meter];

    /// <summary>The tokens of other buckets that a size counts.</summary>
    internal double OtherTokensOf(TokenBasis basis, in CallMeans means)
    {
        double sum = 0;
        for (int i = 0; i < _others.Length; i++)
        {
            sum += Counts(basis, _others[i]) ? means.Others[i] : 0;
        }

        return sum;
    }

    /// <summary>The share of a prompt that a size counts.</summary>
    internal double PromptShareOf(TokenBasis basis, in CallMeans means) => basis switch
    {
        TokenBasis.TotalInput => 1,
        TokenBasis.FreshInput when _line.WriteBucket is null => 1 - means.HitRate,
        _ => 0,
    };

    internal static bool Counts(TokenBasis basis, TokenBucketInfo bucket) => basis switch
    {
        TokenBasis.TotalInput => bucket.Side == TokenSide.Input,
        TokenBasis.FreshInput => bucket is { Side: TokenSide.Input, CacheRole: CacheRole.None },
        _ => bucket.Side == TokenSide.Output,
    };
}
