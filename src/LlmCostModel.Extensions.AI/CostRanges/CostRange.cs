using System.Text.Json.Serialization;

namespace LlmCostModel.Extensions.AI;

/// <summary>What a call may cost, worked out before it is sent: bounds with what they assume, never a bare number. The type is
/// immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CostRange>))]
public sealed record CostRange : IJsonValue<CostRange>
{
    /// <summary>Gets the least: the counted input at its cheapest, and no output. <see langword="null"/> when it is not known.</summary>
    public Money? Floor { get; init; }

    /// <summary>Gets what is expected; <see langword="null"/> when no expected output was given, or something is not priced.</summary>
    public Money? Expected { get; init; }

    /// <summary>Gets the most: all input at its costliest (fresh, or written to a cache) and all output that the call may have. <see
    /// langword="null"/> when something has no bound.</summary>
    public Money? Ceiling { get; init; }

    /// <summary>Gets the most tokens that the call can take, input and output; <see langword="null"/> when something has no
    /// bound.</summary>
    public long? CeilingTokens { get; init; }

    /// <summary>Gets the input tokens that were counted.</summary>
    public long CountedInputTokens { get; init; }

    /// <summary>Gets whether the counted input is within what the model takes; <see langword="null"/> when its limits are not known. A
    /// provider refuses a prompt that is too long, and <see cref="Issues"/> says it.</summary>
    public bool? Fits { get; init; }

    /// <summary>Gets what the bounds assume, in sentences.</summary>
    public IReadOnlyList<string> Assumptions { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets why a bound is not known, and that a prompt is too long, in sentences; empty when there is nothing to
    /// say.</summary>
    public IReadOnlyList<string> Issues { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Shows the bounds in the invariant culture.</summary>
    /// <returns>Such as <c>0.001 USD to 0.02 USD, 0.01 USD expected</c>.</returns>
    public override string ToString() =>
        $"{Floor?.ToString() ?? "unknown"} to {Ceiling?.ToString() ?? "unknown"}"
        + (Expected is { } expected ? $", {expected} expected" : "");

    private static readonly JsonObject<CostRange> Shape = new JsonObject<CostRange>(() => new())
        .Maybe("floor", JsonOf.Value<Money>(), value => value.Floor, (owner, value) => owner with { Floor = value })
        .Maybe("expected", JsonOf.Value<Money>(), value => value.Expected, (owner, value) => owner with { Expected = value })
        .Maybe("ceiling", JsonOf.Value<Money>(), value => value.Ceiling, (owner, value) => owner with { Ceiling = value })
        .Maybe("ceilingTokens", JsonOf.Int64, value => value.CeilingTokens, (owner, value) => owner with { CeilingTokens = value })
        .Optional("countedInputTokens", JsonOf.Int64,
            value => value.CountedInputTokens, (owner, value) => owner with { CountedInputTokens = value })
        .Maybe("fits", JsonOf.Flag, value => value.Fits, (owner, value) => owner with { Fits = value })
        .Optional("assumptions", JsonOf.List(JsonOf.Text),
            value => value.Assumptions, (owner, value) => owner with { Assumptions = value })
        .Optional("issues", JsonOf.List(JsonOf.Text), value => value.Issues, (owner, value) => owner with { Issues = value });

    static JsonConverter<CostRange> IJsonValue<CostRange>.Json => Shape;
}
