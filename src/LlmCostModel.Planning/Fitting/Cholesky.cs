namespace LlmCostModel.Planning;

/// <summary>Small symmetric systems, in the lower triangle.</summary>
internal static class Cholesky
{
    /// <summary>Replaces a matrix by its factor and gives the logarithm of its determinant.</summary>
    internal static double Factorize(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        double logarithm = 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-300)) : sum / matrix[j, j];
            }

            logarithm += 2 * Math.Log(matrix[i, i]);
        }

        return logarithm;
    }

    /// <summary>Solves with the factor.</summary>
    internal static double[] Solve(double[,] factor, double[] right)
    {
        double[] result = Halve(factor, right);
        for (int i = result.Length - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < result.Length; k++)
            {
                result[i] -= factor[k, i] * result[k];
            }

            result[i] /= factor[i, i];
        }

        return result;
    }

    /// <summary>Solves the lower half alone: the squares of the result sum to the variance in the direction <paramref name="right"/>.</summary>
    internal static double[] Halve(double[,] factor, double[] right)
    {
        double[] result = [.. right];
        for (int i = 0; i < result.Length; i++)
        {
            for (int k = 0; k < i; k++)
            {
                result[i] -= factor[i, k] * result[k];
            }

            result[i] /= factor[i, i];
        }

        return result;
    }
}
