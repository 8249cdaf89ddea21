namespace LlmCostModel.Planning;

/// <summary>How the lengths of single calls spread around their mean, as multiples of it: all alike, lognormal, or as observed.</summary>
internal sealed class LengthSpread
{
    private readonly double _sigma;
    private readonly double[] _observed = [];
    private readonly double[] _sums = [];
    private readonly double[] _squares = [];

    private LengthSpread(double sigma) => _sigma = sigma;

    private LengthSpread(IReadOnlyCollection<double> lengths)
    {
        double mean = lengths.Average();
        _observed = [.. lengths.Select(length => length / mean).Order()];
        _sums = new double[_observed.Length + 1];
        _squares = new double[_observed.Length + 1];
        for (int i = 0; i < _observed.Length; i++)
        {
            _sums[i + 1] = _sums[i] + _observed[i];
            _squares[i + 1] = _squares[i] + (_observed[i] * _observed[i]);
        }
    }

    /// <summary>Whether all lengths are alike.</summary>
    internal bool IsPoint => _sigma == 0 && _observed.Length == 0;

    internal static LengthSpread Of(double variation, IReadOnlyCollection<double> observed) =>
        observed.Count > 0 ? new(observed) : new(Math.Sqrt(Math.Log(1 + (variation * variation))));

    /// <summary>What lies in an interval, its lower end excluded: the share of the calls, and what it contributes to the mean (1 in all)
    /// and to the mean square.</summary>
    internal LengthPart Between(double low, double high)
    {
        LengthPart upTo = UpTo(high), before = UpTo(low);
        return new(upTo.Share - before.Share, upTo.Mean - before.Mean, upTo.Square - before.Square);
    }

    /// <summary>Lengths of equally likely calls whose mean is 1.</summary>
    internal double[] Sample(int count)
    {
        double[] lengths = new double[count];
        for (int i = 0; i < count; i++)
        {
            double share = (i + 0.5) / count;
            lengths[i] = _observed.Length > 0 ? _observed[(int)(share * _observed.Length)]
                : Math.Exp((_sigma * Normal.GetQuantile(share)) - (_sigma * _sigma / 2));
        }

        double mean = lengths.Average();
        return mean > 0 ? Array.ConvertAll(lengths, length => length / mean) : lengths;
    }

    private LengthPart UpTo(double length)
    {
        if (double.IsPositiveInfinity(length))
        {
            return new(1, 1, _observed.Length > 0 ? _squares[^1] / _observed.Length : Math.Exp(_sigma * _sigma));
        }

        if (_observed.Length > 0)
        {
            int count = Array.BinarySearch(_observed, length);
            count = count < 0 ? ~count : count;
            while (count < _observed.Length && _observed[count] <= length)
            {
                count++;
            }

            return new((double)count / _observed.Length, _sums[count] / _observed.Length, _squares[count] / _observed.Length);
        }

        if (_sigma == 0)
        {
            return length >= 1 ? new(1, 1, 1) : default;
        }

        if (length <= 0)
        {
            return default;
        }

        double z = (Math.Log(length) / _sigma) + (_sigma / 2);
        return new(
            Normal.Cumulative(z),
            Normal.Cumulative(z - _sigma),
            Math.Exp(_sigma * _sigma) * Normal.Cumulative(z - (2 * _sigma)));
    }
}

/// <summary>A part of a spread: its share of the calls, and what it contributes to the mean and to the mean square.</summary>
internal readonly record struct LengthPart(double Share, double Mean, double Square);
