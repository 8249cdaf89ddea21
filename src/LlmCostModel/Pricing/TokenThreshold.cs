using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>A condition on the size of a call, such as "total input above 200,000 tokens".</summary>
/// <remarks><see langword="default"/> is "total input above 0 tokens".</remarks>
[JsonConverter(typeof(JsonValueConverter<TokenThreshold>))]
public readonly record struct TokenThreshold : IJsonValue<TokenThreshold>
{
    /// <summary>Makes a condition.</summary>
    /// <param name="basis">What is counted.</param>
    /// <param name="comparison">How it compares.</param>
    /// <param name="tokens">The threshold in tokens, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokens"/> is negative.</exception>
    public TokenThreshold(TokenBasis basis, ThresholdComparison comparison, long tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        Basis = basis;
        Comparison = comparison;
        Tokens = tokens;
    }

    /// <summary>Gets what is counted.</summary>
    public TokenBasis Basis { get; }

    /// <summary>Gets how the count compares with <see cref="Tokens"/>.</summary>
    public ThresholdComparison Comparison { get; }

    /// <summary>Gets the threshold in tokens.</summary>
    public long Tokens { get; }

    /// <summary>Gets whether the condition begins to hold as calls grow, rather than ceases to.</summary>
    internal bool IsLower => Comparison is ThresholdComparison.Above or ThresholdComparison.From;

    /// <summary>Shows the condition as rate cards write it.</summary>
    /// <returns>Such as <c>TotalInputAbove 200000</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Basis}{Comparison} {Tokens}");

    private static readonly JsonObject<TokenThreshold> Shape = new JsonObject<TokenThreshold>(() => default)
        .Required("basis", JsonOf.Name<TokenBasis>(), value => value.Basis, (owner, value) => new(value, owner.Comparison, owner.Tokens))
        .Required("comparison", JsonOf.Name<ThresholdComparison>(),
            value => value.Comparison, (owner, value) => new(owner.Basis, value, owner.Tokens))
        .Required("tokens", JsonOf.Int64, value => value.Tokens, (owner, value) => new(owner.Basis, owner.Comparison, value));

    static JsonConverter<TokenThreshold> IJsonValue<TokenThreshold>.Json => Shape;
}
