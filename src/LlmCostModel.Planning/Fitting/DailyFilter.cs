namespace LlmCostModel.Planning;

/// <summary>One pass over the days for one kind of noise: what is left of values and columns when what the days before tell of them is
/// taken away.</summary>
/// <param name="rows">The row of the design of each day.</param>
internal sealed class DailyFilter(double[][] rows)
{
    private readonly int _columns = rows[0].Length;
    private readonly double[] _cross = new double[rows[0].Length * rows[0].Length];
    private readonly double[] _right = new double[rows[0].Length];
    private readonly double[] _stateOfColumns = new double[rows[0].Length];
    private readonly double[] _left = new double[rows[0].Length];
    private double _size, _white, _rho, _sd, _stateOfValues, _stateVariance, _squares, _logarithms;

    internal void Run(double[] values, double[] variances, double size, double white, double rho, double sd)
    {
        (_size, _white, _rho, _sd) = (size, white, rho, sd);
        Array.Clear(_cross);
        Array.Clear(_right);
        Array.Clear(_stateOfColumns);
        _stateOfValues = _squares = _logarithms = 0;
        _stateVariance = rho < 1 ? sd * sd : 0; // a walk begins at the level, which is free
        double innovation = rho < 1 ? sd * sd * (1 - (rho * rho)) : sd * sd;
        for (int day = 0; day < values.Length; day++)
        {
            if (day > 0)
            {
                _stateOfValues *= rho;
                for (int i = 0; i < _columns; i++)
                {
                    _stateOfColumns[i] *= rho;
                }

                _stateVariance = (rho * rho * _stateVariance) + innovation;
            }

            if (double.IsNaN(values[day]))
            {
                continue;
            }

            double variance = _stateVariance + (size * variances[day]) + (white * white);
            double gain = _stateVariance / variance;
            double left = values[day] - _stateOfValues;
            _stateOfValues += gain * left;
            double[] row = rows[day];
            for (int i = 0; i < _columns; i++)
            {
                _left[i] = row[i] - _stateOfColumns[i];
                _stateOfColumns[i] += gain * _left[i];
            }

            for (int i = 0; i < _columns; i++)
            {
                double scaled = _left[i] / variance;
                _right[i] += scaled * left;
                Span<double> cross = _cross.AsSpan(i * _columns, i + 1);
                for (int j = 0; j < cross.Length; j++)
                {
                    cross[j] += scaled * _left[j];
                }
            }

            _squares += left * left / variance;
            _logarithms += Math.Log(variance);
            _stateVariance *= 1 - gain;
        }
    }

    internal DailyPoint Solve(double[] precision)
    {
        double[] factor = [.. _cross];
        double logPrecision = 0;
        for (int i = 0; i < _columns; i++)
        {
            factor[(i * _columns) + i] += precision[i];
            logPrecision += precision[i] > 0 ? Math.Log(precision[i]) : 0;
        }

        double logDeterminant = Cholesky.Factorize(factor, _columns);
        double[] mean = Cholesky.Solve(factor, _right);
        double weight = -0.5 * (_logarithms + _squares - DailyModel.Product(mean, _right) + logDeterminant - logPrecision);
        return new(mean, factor)
        {
            Size = _size,
            White = _white,
            Rho = _rho,
            StateSd = _sd,
            StateOfValues = _stateOfValues,
            StateOfColumns = [.. _stateOfColumns],
            StateVarianceAtEnd = _stateVariance,
            Weight = weight,
        };
    }
}
