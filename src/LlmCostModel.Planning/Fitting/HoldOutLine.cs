namespace LlmCostModel.Planning;

/// <summary>One line of a <see cref="HoldOut"/>.</summary>
public sealed class HoldOutLine
{
    internal HoldOutLine(string name, ForecastRange forecast, FittedRatio forecastCalls, decimal actual, long calls) =>
        (Name, Forecast, ForecastCalls, Actual, Calls) = (name, forecast, forecastCalls, actual, calls);

    /// <summary>Gets the name of the line.</summary>
    public string Name { get; }

    /// <summary>Gets what was foreseen.</summary>
    public ForecastRange Forecast { get; }

    /// <summary>Gets the calls that were foreseen.</summary>
    public FittedRatio ForecastCalls { get; }

    /// <summary>Gets what the days cost, in the currency of the whole.</summary>
    public decimal Actual { get; }

    /// <summary>Gets the calls that the days had.</summary>
    public long Calls { get; }

    /// <summary>Shows name, forecast and cost.</summary>
    /// <returns>Such as <c>gpt-4o: 10.2 to 13.1, was 11.6</c>.</returns>
    public override string ToString() =>
        $"{Name}: {AmountFormat.ToText(Forecast.P5)} to {AmountFormat.ToText(Forecast.P95)}, was {AmountFormat.ToText(Actual)}";
}
