using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What has to be true of one input for a scenario to cost no more than the plan, everything else being as it is. The type is
/// immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ScenarioCondition>))]
public sealed record ScenarioCondition : IJsonValue<ScenarioCondition>
{
    /// <summary>Gets the input: <c>prices</c>, <c>promptTokens</c>, <c>outputTokens</c>, <c>reasoningTokens</c> or
    /// <c>hitRate</c>.</summary>
    public required string Input { get; init; }

    /// <summary>Gets how many times what the scenario says the input may be at most; of a hit rate, the share that it must be at
    /// least.</summary>
    /// <value><see langword="null"/>: whatever it is, the scenario costs more.</value>
    public required double? Limit { get; init; }

    /// <summary>Shows the condition in the invariant culture, rounded to the side on which it holds.</summary>
    /// <returns>Such as <c>reasoningTokens: at most 1.84 times</c>, <c>hitRate: at least 45%</c> or <c>outputTokens: never</c>.</returns>
    public override string ToString() => Limit is not { } limit ? $"{Input}: never"
        : Input == ForecastComparison.HitRate ? string.Create(CultureInfo.InvariantCulture,
            $"{Input}: at least {Math.Ceiling(Digits(limit)) / 1000:0.#%}")
        : string.Create(CultureInfo.InvariantCulture, $"{Input}: at most {Math.Floor(Digits(limit)) / 1000:0.###} times");

    /// <summary>Thousandths, without what floating point adds in the last digits.</summary>
    private static double Digits(double limit) => Math.Round(limit * 1000, 9);

    private static readonly JsonObject<ScenarioCondition> Shape = new JsonObject<ScenarioCondition>(() => new()
    {
        Input = "",
        Limit = null
    })
        .Required("input", JsonOf.Text, value => value.Input, (owner, value) => owner with { Input = value })
        .Maybe("limit", JsonOf.Double, value => value.Limit, (owner, value) => owner with { Limit = value });

    static JsonConverter<ScenarioCondition> IJsonValue<ScenarioCondition>.Json => Shape;
}
