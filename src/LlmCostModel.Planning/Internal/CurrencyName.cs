namespace LlmCostModel.Planning;

/// <summary>The currency of amounts that are given as numbers.</summary>
internal static class CurrencyName
{
    internal const string Default = "USD";

    internal static string Require(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return value.ToUpperInvariant();
    }

    /// <summary>Adds up amounts of one currency only.</summary>
    internal static string Same(IEnumerable<string> currencies, string what)
    {
        string[] distinct = [.. currencies.Distinct(StringComparer.Ordinal)];
        return distinct is [var only]
            ? only
            : throw new InvalidOperationException(
                $"{what} are paid in {string.Join(" and ", distinct)}. Convert them to one currency first.");
    }
}
