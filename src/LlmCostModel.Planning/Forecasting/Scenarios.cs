namespace LlmCostModel.Planning;

/// <summary>Stratified samples of every input (Latin hypercube): of n scenarios, one lies in each n-th of every input, in an order of its
/// own, or in orders that go together where inputs are correlated.</summary>
internal sealed class Scenarios
{
    private readonly Input[][] _lines;

    private Scenarios(int count, Input[][] lines)
    {
        Count = count;
        _lines = lines;
    }

    internal int Count { get; }

    /// <summary>The inputs that are uncertain: their line, their name, their samples.</summary>
    internal IEnumerable<(int Line, string Name, double[] Samples)> Uncertain =>
        from line in Enumerable.Range(0, _lines.Length)
        from input in _lines[line]
        where input.Samples is not null
        select (line, input.Name, input.Samples!);

    internal static Scenarios Draw(ForecastPlan plan)
    {
        bool isExact = plan.Lines.All(line => !Traffic.IsRandom(line) && line.Inputs.All(input => input.Value.Exact is not null));
        int count = isExact ? 1 : plan.Samples;
        Random random = new(plan.Seed);
        double[]? common = plan.Correlation > 0 ? Normals(count, random) : null;
        Input[][] lines = [.. plan.Lines.Select(Sampled)];
        return new(count, lines);

        Input[] Sampled(ForecastLine line) =>
        [
            .. line.Inputs.Select(input => input.Value.Exact is { } exact
                ? new Input(input.Name, exact, null)
                : new Input(input.Name, 0, Sample(input.Value, Strata(count, random, common, plan.Correlation)))),
        ];
    }

    /// <summary>An input of a line in a scenario, by its place in the line's inputs.</summary>
    internal double Get(int line, int input, int scenario) => _lines[line][input].Get(scenario);

    internal int CountOf(int line) => _lines[line].Length;

    private static double[] Sample(Uncertain value, int[] strata) =>
        Array.ConvertAll(strata, stratum => value.GetQuantile((stratum + 0.5) / strata.Length));

    private static int[] Strata(int count, Random random, double[]? common, double correlation)
    {
        int[] strata = new int[count];
        for (int i = 0; i < count; i++)
        {
            strata[i] = i;
        }

        if (common is null)
        {
            random.Shuffle(strata);
            return strata;
        }

        // Normal scores with a common part, replaced by their ranks: a Gaussian copula over strata.
        double[] scores = Normals(count, random);
        double shared = Math.Sqrt(correlation), own = Math.Sqrt(1 - correlation);
        for (int i = 0; i < count; i++)
        {
            scores[i] = (shared * common[i]) + (own * scores[i]);
        }

        Array.Sort(scores, strata);
        int[] ranks = new int[count];
        for (int rank = 0; rank < count; rank++)
        {
            ranks[strata[rank]] = rank;
        }

        return ranks;
    }

    private static double[] Normals(int count, Random random)
    {
        double[] scores = new double[count];
        for (int i = 0; i < count; i++)
        {
            scores[i] = Normal.GetQuantile((i + 0.5) / count);
        }

        random.Shuffle(scores);
        return scores;
    }

    private readonly record struct Input(string Name, double Exact, double[]? Samples)
    {
        internal double Get(int scenario) => Samples is null ? Exact : Samples[scenario];
    }
}
