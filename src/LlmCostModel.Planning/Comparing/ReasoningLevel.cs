using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A length of reasoning and what it achieves. Measure both: neither has a default that would be right.</summary>
[JsonConverter(typeof(JsonValueConverter<ReasoningLevel>))]
public sealed record ReasoningLevel : IJsonValue<ReasoningLevel>
{
    /// <summary>Gets its name, such as the effort that is asked for.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the reasoning tokens of a task.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required long ReasoningTokens
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(ReasoningTokens), value, "Reasoning cannot have fewer than 0 tokens.");
    }

    /// <summary>Gets the share of tasks that are solved, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public required decimal Quality
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Quality), value, "A quality is from 0 to 1: 0.875 is 87.5%.");
    }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ReasoningLevel> Shape = new JsonObject<ReasoningLevel>(
        () => new() { Label = "", ReasoningTokens = 0, Quality = 0 })
        .Required("label", JsonOf.Text, value => value.Label, (owner, value) => owner with { Label = value })
        .Required("reasoningTokens", JsonOf.Int64,
            value => value.ReasoningTokens, (owner, value) => owner with { ReasoningTokens = value })
        .Required("quality", JsonOf.Decimal, value => value.Quality, (owner, value) => owner with { Quality = value });

    static JsonConverter<ReasoningLevel> IJsonValue<ReasoningLevel>.Json => Shape;
}
