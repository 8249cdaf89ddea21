namespace LlmCostModel.Planning.Tests;

/// <summary>Changes plans of one line.</summary>
internal static class Plans
{
    internal static ForecastPlan Of(DateTimeOffset start, ForecastLine line, int months = 12) => new() { Start = start, Months = months, Lines = [line] };

    internal static ForecastPlan Line(this ForecastPlan plan, Func<ForecastLine, ForecastLine> change) => plan with { Lines = [change(plan.Lines[0])] };
}
