namespace LlmCostModel.Planning;

/// <summary>Mean and spread of a number per call, in one pass.</summary>
internal sealed class Moments
{
    private double _count, _sum, _squares;

    /// <summary>Adds a number, or the sum of several calls, each of which then counts as its mean.</summary>
    internal void Add(double sum, double calls)
    {
        _count += calls;
        _sum += sum;
        _squares += sum * sum / calls;
    }

    internal double Mean => _count == 0 ? 0 : _sum / _count;

    /// <summary>The mean of the squares over that of the values: what a count of 1 weighs where large values weigh more.</summary>
    internal double Unit => _sum == 0 ? 0 : _squares / _sum;

    /// <summary>The standard deviation over the mean; 0 where the mean is 0.</summary>
    internal double Variation => Mean == 0 ? 0 : Math.Sqrt(Math.Max(0, (_squares / _count / (Mean * Mean)) - 1));
}
