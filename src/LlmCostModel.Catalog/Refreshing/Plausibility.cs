using System.Globalization;

namespace LlmCostModel.Catalog;

/// <summary>Finds prices that look like a slip of the table: of another unit, exchanged, without a digit, zero for unknown.</summary>
internal static class Plausibility
{
    private const decimal Highest = 1_000;
    private const decimal Lowest = 0.002m;

    /// <summary>What is odd about a price; <see langword="null"/> when nothing is.</summary>
    /// <param name="price">The price.</param>
    /// <param name="other">A price to compare it with.</param>
    /// <param name="whose">Whose that is.</param>
    internal static string? Odd(decimal price, decimal other, string whose) =>
        Rounded(price) == Rounded(other) ? null
        : price == 0 ? $"is 0, where {whose} has {Text(other)}"
        : other == 0 ? null
        : price >= other * 10 ? $"is {Text(Math.Round(price / other))} times {whose}, {Text(other)}"
        : price * 10 <= other ? $"is 1/{Text(Math.Round(other / price))} of {whose}, {Text(other)}"
        : IsSlip(price, other) ? $"differs from {whose}, {Text(other)}, by a digit"
        : null;

    /// <summary>The price without the digits in which tables round it differently.</summary>
    internal static decimal Rounded(decimal price)
    {
        int decimals = 4;
        for (decimal rest = price; rest is > 0 and < 1 && decimals < 28; rest *= 10)
        {
            decimals++;
        }

        return Math.Round(price, decimals);
    }

    /// <summary>Whether a price is so far from another that it is an error, whatever else speaks for it.</summary>
    internal static bool IsFarOff(decimal price, decimal other) =>
        price != other && other > 0 && (price == 0 || price >= other * 100 || price * 100 <= other);

    /// <summary>What is odd about the prices of an entry among themselves; <see langword="null"/> when nothing is.</summary>
    internal static string? Odd(IReadOnlyDictionary<string, decimal> prices)
    {
        decimal? Of(TokenBucket bucket) => prices.TryGetValue(bucket.ToString(), out decimal price) ? price : null;
        decimal? input = Of(TokenBucket.Input);
        decimal? output = Of(TokenBucket.Output);
        return input is > 0 && output is > 0 && input > output ? $"input, {Text(input.Value)}, costs more than output, {Text(output.Value)}"
            : input > 0 && output > input * 100 ? $"output, {Text(output.Value)}, is more than 100 times input, {Text(input.Value)}"
            : (input > Highest ? input : output > Highest ? output : null) is { } high ? $"{Text(high)} is more than models cost"
            : input > 0 && input < Lowest ? $"{Text(input.Value)} is less than models cost"
            : input == 0 && output > 0 ? "input is 0 beside an output with a price"
            : Of(TokenBucket.CacheRead) is { } read && input > 0 && (read > input || read is 0)
                ? $"cache reads, {Text(read)}, beside input, {Text(input.Value)}"
            : null;
    }

    /// <summary>What is odd about a price of further input beside that of fresh input; <see langword="null"/> when nothing is.</summary>
    internal static string? OddBesideInput(string what, IReadOnlyDictionary<string, decimal> prices) =>
        what is "Input" or "Output" || !Enum.TryParse(what, out TokenBucket _) ? null
        : !prices.TryGetValue("Input", out decimal input) || input == 0 ? null
        : what.StartsWith("CacheWrite", StringComparison.Ordinal) && prices[what] < input && prices[what] > 0
            ? $"{Text(prices[what])} is below fresh input, {Text(input)}: it may be charged besides it"
        : prices[what] > input * 200 ? $"{Text(prices[what])} is more than 200 times fresh input, {Text(input)}"
        : null;

    /// <summary>Whether input and output are those of the other in exchange.</summary>
    internal static bool AreExchanged(IReadOnlyDictionary<string, decimal> prices, IReadOnlyDictionary<string, decimal> others) =>
        prices.TryGetValue("Input", out decimal input) && prices.TryGetValue("Output", out decimal output) && input != output
        && others.TryGetValue("Input", out decimal otherInput) && others.TryGetValue("Output", out decimal otherOutput)
        && input == otherOutput && output == otherInput;

    internal static string Text(decimal price) => price.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Whether the digits of one are those of the other without one, or in another order.</summary>
    private static bool IsSlip(decimal one, decimal other)
    {
        string first = Digits(one);
        string second = Digits(other);
        (string shorter, string longer) = first.Length <= second.Length ? (first, second) : (second, first);
        return first == second
            || (longer.Length >= 2 && shorter.Length < longer.Length && IsWithin(shorter, longer))
            || (first.Length >= 3 && first.Length == second.Length && first.Order().SequenceEqual(second.Order()));
    }

    private static bool IsWithin(string shorter, string longer)
    {
        int found = 0;
        foreach (char digit in longer)
        {
            found += found < shorter.Length && shorter[found] == digit ? 1 : 0;
        }

        return found == shorter.Length;
    }

    private static string Digits(decimal price) => Text(price).Replace(".", "", StringComparison.Ordinal).TrimStart('0');
}
