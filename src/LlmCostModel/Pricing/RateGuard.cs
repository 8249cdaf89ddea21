namespace LlmCostModel;

/// <summary>Checks that the init accessors of the pricing types share.</summary>
internal static class RateGuard
{
    internal static decimal? NotNegative(decimal? price, string name) => price is null ? null : NotNegative(price.Value, name);

    internal static decimal NotNegative(decimal price, string name) =>
        price >= 0
            ? price
            : throw new ArgumentOutOfRangeException(
                name,
                price,
                "A price cannot be negative. Use 0 for free, leave it out when it is not known.");

    internal static long? AtLeastOne(long? tokens, string name) =>
        tokens is null or >= 1
            ? tokens
            : throw new ArgumentOutOfRangeException(name, tokens, "A limit is 1 or more. Leave it out when it is not known.");
}
