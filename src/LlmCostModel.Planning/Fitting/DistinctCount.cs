namespace LlmCostModel.Planning;

/// <summary>About how many different hashes there were: exactly up to a thousand, within 3% of more (the k smallest values).</summary>
internal sealed class DistinctCount
{
    private const int Most = 1024;

    private readonly SortedSet<ulong> _smallest = [];

    internal void Add(ulong hash)
    {
        if (_smallest.Count < Most)
        {
            _smallest.Add(hash);
        }
        else if (hash < _smallest.Max && _smallest.Add(hash))
        {
            _smallest.Remove(_smallest.Max);
        }
    }

    internal double Estimate => _smallest.Count < Most ? _smallest.Count : (Most - 1) / (_smallest.Max / (double)ulong.MaxValue);

    internal bool IsExact => _smallest.Count < Most;
}
