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

    /// <summary>Gets what each task costs that this level solves and the next cheaper one on the frontier does not; <see langword="null"/>
    /// for the first, and where it solves no more.</summary>
    public decimal? AmountPerExtraSolved { get; init; }

    /// <summary>Gets whether its quality is better than that of every level for the same money or less; by more than chance, where the
    /// numbers of tasks are known.</summary>
    public bool OnFrontier { get; init; }

    /// <summary>Gets the label of the cheaper level whose quality cannot be distinguished from this one's: they differ by less than 1.96
    /// standard errors, so one time in twenty or more by chance.</summary>
    /// <value><see langword="null"/> when there is none, or the numbers of tasks are not known.</value>
    public string? WithinErrorOf { get; init; }

    /// <summary>Shows level, attempt and place in the invariant culture.</summary>
    /// <returns>Such as <c>high: 0.02 an attempt, 0.93 of them solve the task, on the frontier</c>.</returns>
    public override string ToString() => $"{Level.Label}: {Attempt}{(OnFrontier ? ", on the frontier" : "")}"
        + (WithinErrorOf is null ? "" : $", within the error of {WithinErrorOf}");

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
        .Optional("onFrontier", JsonOf.Flag, value => value.OnFrontier, (owner, value) => owner with { OnFrontier = value })
        .Optional("withinErrorOf", JsonOf.Text, value => value.WithinErrorOf, (owner, value) => owner with { WithinErrorOf = value });

    static JsonConverter<ReasoningPoint> IJsonValue<ReasoningPoint>.Json => Shape;
}
