namespace LlmCostModel.Planning;

/// <summary>The sums of a line by cluster: calls of one session resemble each other, those of different ones are independent. Sessions are
/// thrown together at random in a fixed number of groups, so that memory does not grow with them (the method of random groups).</summary>
internal sealed class ClusterSums
{
    internal const int Groups = 256;
    private const int Width = 19; // calls, and every kind of tokens

    private readonly double[] _sums = new double[Groups * Width];
    private readonly SortedDictionary<string, double[]> _meters = new(StringComparer.Ordinal);

    internal DistinctCount Clusters { get; } = new();

    internal IEnumerable<string> Meters => _meters.Keys;

    internal void Add(ulong cluster, long calls, in TokenUsage usage, MeteredQuantities meters)
    {
        Clusters.Add(cluster);
        int group = (int)(cluster % Groups);
        Span<double> sums = _sums.AsSpan(group * Width, Width);
        sums[0] += calls;
        for (int i = 0; i < Width - 1; i++)
        {
            sums[i + 1] += usage[(TokenBucket)i];
        }

        foreach ((string name, decimal quantity) in meters.Count == 0 ? [] : meters)
        {
            if (!_meters.TryGetValue(name, out double[]? quantities))
            {
                _meters[name] = quantities = new double[Groups];
            }

            quantities[group] += (double)quantity;
        }
    }

    internal double CallsOf(int group) => _sums[group * Width];

    internal double TokensOf(int group, TokenBucket bucket) => _sums[(group * Width) + 1 + (int)bucket];

    internal double MeterOf(int group, string name) => _meters.TryGetValue(name, out double[]? quantities) ? quantities[group] : 0;
}
