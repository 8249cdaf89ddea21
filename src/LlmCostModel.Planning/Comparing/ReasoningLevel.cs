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

    /// <summary>Gets how many tasks the quality was measured on.</summary>
    /// <value><see langword="null"/> when that is not known: then the quality has no error, and a difference of chance counts as
    /// one.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long? Tasks
    {
        get;
        init =>
            field = value is null or > 0
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Tasks), value, "A quality is measured on at least 1 task.");
    }

    /// <summary>Gets the standard error of the quality, <c>sqrt(q (1 - q) / n)</c>; <see langword="null"/> when the number of tasks is not
    /// known.</summary>
    /// <remarks>Of none or all solved it takes what half a task more, or less, would have shown: no error at all would be certain of
    /// chance.</remarks>
    public double? StandardError => Tasks is not { } tasks ? null
        : Math.Sqrt(Spread(Math.Clamp((double)Quality, 0.5 / tasks, Math.Max(0.5, 1 - (0.5 / tasks)))) / tasks);

    private static double Spread(double quality) => quality * (1 - quality);

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ReasoningLevel> Shape = new JsonObject<ReasoningLevel>(
        () => new() { Label = "", ReasoningTokens = 0, Quality = 0 })
        .Required("label", JsonOf.Text, value => value.Label, (owner, value) => owner with { Label = value })
        .Required("reasoningTokens", JsonOf.Int64,
            value => value.ReasoningTokens, (owner, value) => owner with { ReasoningTokens = value })
        .Required("quality", JsonOf.Decimal, value => value.Quality, (owner, value) => owner with { Quality = value })
        .Maybe("tasks", JsonOf.Int64, value => value.Tasks, (owner, value) => owner with { Tasks = value });

    static JsonConverter<ReasoningLevel> IJsonValue<ReasoningLevel>.Json => Shape;
}
