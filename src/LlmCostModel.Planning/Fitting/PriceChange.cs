namespace LlmCostModel.Planning;

/// <summary>Something that changes what a line costs while it is forecast, and that the rates know today.</summary>
/// <param name="at">When.</param>
/// <param name="line">The name of the line.</param>
/// <param name="what">What happens, a sentence.</param>
public sealed class PriceChange(DateTimeOffset at, string line, string what)
{
    /// <summary>Gets the instant from which on it is so, in UTC.</summary>
    public DateTimeOffset At => at;

    /// <summary>Gets the name of the line.</summary>
    public string Line => line;

    /// <summary>Gets what happens, a sentence.</summary>
    public string What => what;

    /// <summary>Shows instant, line and what happens.</summary>
    /// <returns>Such as <c>2027-01-01T00:00:00Z gemini-3.8-flash: The prices change.</c>.</returns>
    public override string ToString() => $"{AmountFormat.ToText(At)} {Line}: {What}";
}
