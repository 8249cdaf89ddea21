using System.Globalization;
using System.Numerics;

namespace LlmCostModel.Tests.Conformance;

/// <summary>The sum beside an amount: numbers and operators between spaces, products before sums, evaluated as a fraction of big integers.
/// </summary>
internal static class VectorSum
{
    /// <summary>Amounts have at most as many decimals; what has more is rounded there, half to even.</summary>
    private const int Decimals = 28;

    /// <summary>Whether the sum gives the amount, to the last digit.</summary>
    internal static bool Gives(string sum, string amount)
    {
        (BigInteger numerator, BigInteger denominator) = Evaluate(sum);
        (BigInteger stated, BigInteger scale) = Number(amount);
        if (numerator * scale == stated * denominator)
        {
            return true;
        }

        BigInteger ten28 = BigInteger.Pow(10, Decimals);
        BigInteger whole = BigInteger.DivRem(numerator * ten28, denominator, out BigInteger rest);
        int half = (rest * 2).CompareTo(denominator);
        whole += half > 0 || (half == 0 && !whole.IsEven) ? 1 : 0;
        return rest != 0 && whole * scale == stated * ten28;
    }

    private static (BigInteger Numerator, BigInteger Denominator) Evaluate(string sum)
    {
        string[] parts = sum.Split(' ');
        (BigInteger Numerator, BigInteger Denominator) total = (0, 1);
        (BigInteger Numerator, BigInteger Denominator) product = Number(parts[0]);
        for (int i = 1; i < parts.Length; i += 2)
        {
            (BigInteger numerator, BigInteger denominator) = Number(parts[i + 1]);
            switch (parts[i])
            {
                case "*":
                    product = (product.Numerator * numerator, product.Denominator * denominator);
                    break;
                case "/":
                    product = (product.Numerator * denominator, product.Denominator * numerator);
                    break;
                case "+" or "-":
                    total = Add(total, product);
                    product = (parts[i] == "-" ? -numerator : numerator, denominator);
                    break;
                default:
                    throw new FormatException($"'{parts[i]}' is no operator in '{sum}'");
            }
        }

        return Add(total, product);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Add(
        (BigInteger Numerator, BigInteger Denominator) left, (BigInteger Numerator, BigInteger Denominator) right) =>
        ((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    private static (BigInteger Numerator, BigInteger Denominator) Number(string text)
    {
        if (text == "M")
        {
            return (1_000_000, 1);
        }

        int point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0
            ? (BigInteger.Parse(text, CultureInfo.InvariantCulture), 1)
            : (BigInteger.Parse(text.Remove(point, 1), CultureInfo.InvariantCulture), BigInteger.Pow(10, text.Length - point - 1));
    }
}
