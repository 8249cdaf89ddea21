namespace LlmCostModel;

/// <summary>Something about rates that are invalid, or that is only suspicious. The type is immutable.</summary>
/// <param name="Path">Where it stands, such as <c>LlmCostModel:RateCards:deepseek:Models:deepseek-chat:PerMillionTokens:Input</c>.</param>
/// <param name="Value">The value that was found; <see langword="null"/> when something is missing.</param>
/// <param name="Problem">The rule that it breaks, with its unit.</param>
/// <param name="Fix">The next step.</param>
/// <param name="IsWarning">Whether it is only suspicious: it is logged, and a fault only in strict mode.</param>
public sealed record InputFault(string Path, string? Value, string Problem, string Fix, bool IsWarning = false)
{
    /// <summary>Shows path, value, problem and fix in one line.</summary>
    /// <returns>Such as <c>RateCards:x:Currency: 'DOLLAR' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY.</c></returns>
    public override string ToString() => Value is null ? $"{Path}: {Problem} {Fix}" : $"{Path}: '{Value}' {Problem} {Fix}";
}
