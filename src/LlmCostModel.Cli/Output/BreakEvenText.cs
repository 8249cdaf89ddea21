using System.Globalization;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>What a break-even counts, which decides how its answer is said.</summary>
internal enum BreakEvenKind
{
    /// <summary>Things that there is no half of.</summary>
    Count,

    /// <summary>A number of its own.</summary>
    Ratio,

    /// <summary>A part of a whole: more than 1 cannot be.</summary>
    Share,
}

/// <summary>Says a break-even to people: whole requests, and shares as percent.</summary>
internal static class BreakEvenText
{
    public static string Of(BreakEvenPoint point, BreakEvenKind kind, string unit)
    {
        if (point.Units is not { } units)
        {
            return $"  never equal: {point}\n" + Lines(point);
        }

        bool isAbove = point.Second.PerUnit < point.First.PerUnit;
        string verdict = $"  equal at {Rounded(units)}; the second is cheaper {(isAbove ? "above" : "below")}\n";
        return $"  {Answer(point, units, isAbove, kind, unit)}\n" + Lines(point) + verdict;
    }

    /// <summary>The answer alone; <see langword="null"/> when both never cost the same.</summary>
    public static string? Answer(BreakEvenPoint point, BreakEvenKind kind, string unit) =>
        point.Units is { } units ? Answer(point, units, point.Second.PerUnit < point.First.PerUnit, kind, unit) : null;

    private static string Answer(BreakEvenPoint point, decimal units, bool isAbove, BreakEvenKind kind, string unit) => kind switch
    {
        BreakEvenKind.Share when units > 1 && isAbove => $"never: it would take {Percent(units)} of what there is",
        BreakEvenKind.Share => $"{Percent(units)}: {unit}",
        BreakEvenKind.Count when isAbove => $"{TableText.Quantity(point.FirstWholeUnit ?? units)} {unit}",
        BreakEvenKind.Count => $"at most {TableText.Quantity(Math.Max(0, decimal.Floor(units)))} {unit}",
        _ => $"{Rounded(units)} {unit}",
    };

    private static string Lines(BreakEvenPoint point) => $"  first:  {point.First}\n  second: {point.Second}\n";

    private static string Percent(decimal share) =>
        $"{decimal.Round(share * 100, 2).ToString("#,##0.##", CultureInfo.InvariantCulture)}%";

    private static string Rounded(decimal value) =>
        decimal.Round(value, 6, MidpointRounding.ToEven).ToString("#,##0.######", CultureInfo.InvariantCulture);
}
