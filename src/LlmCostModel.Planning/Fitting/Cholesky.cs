namespace LlmCostModel.Planning;

/// <summary>Small symmetric systems, by rows in one array, of which the lower triangle counts.</summary>
internal static class Cholesky
{
    /// <summary>Replaces a matrix by its factor and gives the logarithm of its determinant.</summary>
    internal static double Factorize(Span<double> matrix, int size)
    {
        double product = 1, logarithm = 0;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.Slice(i * size, size);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = matrix.Slice(j * size, size);
                double sum = row[j];
                for (int k = 0; k < j; k++)
                {
                    sum -= row[k] * other[k];
                }

                row[j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-300)) : sum / other[j];
            }

            product *= row[i];
            if (product is > 1e100 or < 1e-100)
            {
                logarithm += Math.Log(product);
                product = 1;
            }
        }

        return 2 * (logarithm + Math.Log(product));
    }

    /// <summary>Solves with the factor.</summary>
    internal static double[] Solve(ReadOnlySpan<double> factor, ReadOnlySpan<double> right)
    {
        double[] result = Halve(factor, right);
        int size = result.Length;
        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
            {
                result[i] -= factor[(k * size) + i] * result[k];
            }

            result[i] /= factor[(i * size) + i];
        }

        return result;
    }

    /// <summary>Solves the lower half alone: the squares of the result sum to the variance in the direction <paramref
    /// name="right"/>.</summary>
    internal static double[] Halve(ReadOnlySpan<double> factor, ReadOnlySpan<double> right)
    {
        double[] result = right.ToArray();
        int size = result.Length;
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<double> row = factor.Slice(i * size, size);
            double sum = result[i];
            for (int k = 0; k < i; k++)
            {
                sum -= row[k] * result[k];
            }

            result[i] = sum / row[i];
        }

        return result;
    }
}
