namespace LlmCostModel.Planning;

/// <summary>What a call of a line consumes: sums over sums, and how sure they are when sessions, not calls, are what is independent.</summary>
/// <remarks>The ratio estimator of survey sampling: the variance of a ratio is that of what each cluster has more than the ratio says of it
/// (Cochran, Sampling Techniques, section 6.4). Clusters of unequal size count as fewer: the square of their sum over the sum of their
/// squares.</remarks>
internal sealed class ClusterRatios
{
    private const double Share = 0.95;

    /// <summary>The relative standard error that is taken where everything comes from one session.</summary>
    private const double OfOne = 0.5;

    private readonly ClusterSums _sums;
    private readonly int[] _groups;
    private readonly double _calls;

    internal ClusterRatios(ClusterSums sums)
    {
        _sums = sums;
        _groups = [.. Enumerable.Range(0, ClusterSums.Groups).Where(group => sums.CallsOf(group) > 0)];
        _calls = _groups.Sum(sums.CallsOf);
        double squares = _groups.Sum(group => sums.CallsOf(group) * sums.CallsOf(group));
        double effective = _calls * _calls / squares;

        // Groups hold several sessions each where there are many, so that what counts is how even the groups are.
        Freedom = Math.Max(effective - 1, 0);
        Quantile = Freedom < 0.5 ? double.NaN : StudentT.GetQuantile(Share, Math.Max(1, Freedom));
    }

    internal double Freedom { get; }

    /// <summary>By how many standard errors 5% lie below and 95%; not a number where one cluster is all there is.</summary>
    internal double Quantile { get; }

    internal bool IsOfOne => double.IsNaN(Quantile);

    /// <summary>A number per call.</summary>
    internal double MeanOf(Func<int, double> sum) => _groups.Sum(sum) / _calls;

    /// <summary>How far the ratio of two sums may be off, as a share of it that 95% stay below.</summary>
    /// <param name="top">The sum of a group.</param>
    /// <param name="bottom">What it is divided by.</param>
    internal double SpreadOf(Func<int, double> top, Func<int, double> bottom)
    {
        double all = _groups.Sum(top), of = _groups.Sum(bottom);
        if (all <= 0 || of <= 0)
        {
            return 0;
        }

        if (IsOfOne)
        {
            return OfOne * Normal.GetQuantile(Share);
        }

        double ratio = all / of;
        double squares = _groups.Sum(group => Math.Pow(top(group) - (ratio * bottom(group)), 2));
        double count = _groups.Length;
        return Quantile * Math.Sqrt(squares * count / (count - 1)) / all;
    }

    internal double SpreadOf(Func<int, double> top) => SpreadOf(top, _sums.CallsOf);
}
