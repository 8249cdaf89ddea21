using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Something about rates that is invalid, or that is only suspicious. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<InputFault>))]
public sealed record InputFault : IJsonValue<InputFault>
{
    /// <summary>Gets where it stands, such as <c>LlmCostModel:RateCards:deepseek:Models:deepseek-chat:PerMillionTokens:Input</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the value that was found; <see langword="null"/> when something is missing.</summary>
    public string? Value { get; init; }

    /// <summary>Gets the rule that it breaks, with its unit.</summary>
    public required string Problem { get; init; }

    /// <summary>Gets the next step.</summary>
    public required string Fix { get; init; }

    /// <summary>Gets whether it is only suspicious: it is logged, and a fault only in strict mode.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Shows path, value, problem and fix in one line.</summary>
    /// <returns>Such as <c>RateCards:x:Currency: 'DOLLAR' is not an ISO 4217 currency code. Write a code such as USD, EUR or
    /// CNY.</c></returns>
    public override string ToString() =>
        VisibleText.OneLine(Value is null ? $"{Path}: {Problem} {Fix}" : $"{Path}: '{Value}' {Problem} {Fix}");

    private static readonly JsonObject<InputFault> Shape = new JsonObject<InputFault>(() => new() { Path = "", Problem = "", Fix = "" })
        .Required("path", JsonOf.Text, value => value.Path, (owner, value) => owner with { Path = value })
        .Optional("value", JsonOf.Text, value => value.Value, (owner, value) => owner with { Value = value })
        .Required("problem", JsonOf.Text, value => value.Problem, (owner, value) => owner with { Problem = value })
        .Required("fix", JsonOf.Text, value => value.Fix, (owner, value) => owner with { Fix = value })
        .Optional("isWarning", JsonOf.Flag, value => value.IsWarning, (owner, value) => owner with { IsWarning = value });

    static JsonConverter<InputFault> IJsonValue<InputFault>.Json => Shape;
}
