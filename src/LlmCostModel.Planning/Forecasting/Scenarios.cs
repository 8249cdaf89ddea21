namespace LlmCostModel.Planning;

/// <summary>Stratified samples of every input (Latin hypercube): of n scenarios, one lies in each n-th of every input, in an order of its
/// own.</summary>
internal sealed class Scenarios
{
    private readonly Dictionary<string, int[]> _strata = [];
    private readonly double[] _requests;
    private readonly double[] _growth;
    private readonly long[] _prompt;
    private readonly long[] _read;
    private readonly long[] _output;
    private readonly long[] _reasoning;

    private Scenarios(ForecastPlan plan, int count)
    {
        Count = count;
        Random random = new(plan.Seed);
        Dictionary<string, double[]> values = plan.Inputs.ToDictionary(
            input => input.Name,
            input => Sample(input.Name, input.Value, random));
        _requests = values["requests"];
        _growth = values["growth"];
        _prompt = Array.ConvertAll(values["promptTokens"], Whole);
        _output = Array.ConvertAll(values["outputTokens"], Whole);
        _reasoning = Array.ConvertAll(values["reasoningTokens"], Whole);
        _read = new long[count];
        for (int i = 0; i < count; i++)
        {
            _read[i] = Math.Min(_prompt[i], Whole(_prompt[i] * Math.Clamp(values["hitRate"][i], 0, 1)));
            _requests[i] = Math.Max(0, _requests[i]) * (1 + Math.Max(0, values["retryRate"][i]));
            _growth[i] = 1 + Math.Max(-1, _growth[i]);
        }
    }

    internal int Count { get; }

    internal static Scenarios Draw(ForecastPlan plan) =>
        new(plan, plan.Inputs.All(input => input.Value.Exact is not null) ? 1 : plan.Samples);

    /// <summary>The whole number of requests of a month.</summary>
    internal decimal RequestsOf(int scenario, int month)
    {
        double requests = _requests[scenario] * Math.Pow(_growth[scenario], month);
        return decimal.Round((decimal)requests);
    }

    /// <summary>The usage of a request, in whole tokens.</summary>
    internal TokenUsage UsageOf(int scenario, TokenBucket? writeBucket)
    {
        TokenUsage usage = new() { CacheRead = _read[scenario], Output = _output[scenario], Reasoning = _reasoning[scenario] };
        return usage.With(writeBucket ?? TokenBucket.Input, _prompt[scenario] - _read[scenario]);
    }

    /// <summary>The rank correlation (Spearman) of an input with what ranks the scenarios.</summary>
    /// <param name="input">The name of an uncertain input.</param>
    /// <param name="order">The scenarios from the smallest to the largest.</param>
    internal double RankCorrelation(string input, int[] order)
    {
        int[] strata = _strata[input];
        double middle = (Count - 1) / 2.0;
        double covariance = 0, variance = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            covariance += (rank - middle) * (strata[order[rank]] - middle);
            variance += (rank - middle) * (rank - middle);
        }

        return covariance / variance;
    }

    private double[] Sample(string name, Uncertain value, Random random)
    {
        double[] samples = new double[Count];
        if (value.Exact is { } exact)
        {
            Array.Fill(samples, exact);
            return samples;
        }

        int[] strata = [.. Enumerable.Range(0, Count)];
        random.Shuffle(strata);
        _strata.Add(name, strata);
        for (int i = 0; i < Count; i++)
        {
            samples[i] = value.GetQuantile((strata[i] + 0.5) / Count);
        }

        return samples;
    }

    private static long Whole(double tokens) => checked((long)Math.Round(Math.Max(0, tokens)));
}
