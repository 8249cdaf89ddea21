using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A point of the curve of cost against quality. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ReasoningPoint>))]
public sealed record ReasoningPoint : IJsonValue<ReasoningPoint>
{
    /// <summary>Gets the length of reasoning.</summary>
    public required ReasoningLevel Level { get; init; }

    /// <summary>Gets what a task costs and how often it is solved.</summary>
    public required TaskAttempt Attempt { get; init; }

    /// <summary>Gets what each task costs that this level solves and the level before does not; <see langword="null"/> for the first, and
    /// where it solves no more.</summary>
    public decimal? AmountPerExtraSolved { get; init; }

    /// <summary>Gets whether no level is better for the same money or less.</summary>
    public bool OnFrontier { get; init; }

    /// <summary>Shows level, attempt and place in the invariant culture.</summary>
    /// <returns>Such as <c>high: 0.02 an attempt, 0.93 of them solve the task, on the frontier</c>.</returns>
    public override string ToString() => $"{Level.Label}: {Attempt}{(OnFrontier ? ", on the frontier" : "")}";

    private static readonly JsonObject<ReasoningPoint> Shape = new JsonObject<ReasoningPoint>(
        () => new()
        {
            Level = new ReasoningLevel { Label = "", ReasoningTokens = 0, Quality = 0 },
            Attempt = new TaskAttempt { Amount = 0, SolveRate = 0 },
        })
        .Required("level", JsonOf.Value<ReasoningLevel>(), value => value.Level, (owner, value) => owner with { Level = value })
        .Required("attempt", JsonOf.Value<TaskAttempt>(), value => value.Attempt, (owner, value) => owner with { Attempt = value })
        .Maybe("amountPerExtraSolved", JsonOf.Decimal,
            value => value.AmountPerExtraSolved, (owner, value) => owner with { AmountPerExtraSolved = value })
        .Optional("onFrontier", JsonOf.Flag, value => value.OnFrontier, (owner, value) => owner with { OnFrontier = value });

    static JsonConverter<ReasoningPoint> IJsonValue<ReasoningPoint>.Json => Shape;
}
