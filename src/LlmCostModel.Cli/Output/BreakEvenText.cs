using System.Globalization;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>Says a break-even to people: whole requests, and shares as percent.</summary>
internal static class BreakEvenText
{
    public static string Of(BreakEvenPoint point)
    {
        string first = point.First.Name ?? "first", second = point.Second.Name ?? "second";
        int width = Math.Max(first.Length, second.Length) + 1;
        return $"  {Answer(point)}\n"
            + $"  {$"{first}:".PadRight(width)} {Line(point.First)}\n"
            + $"  {$"{second}:".PadRight(width)} {Line(point.Second)}\n"
            + $"  {point}\n";
    }

    /// <summary>The answer alone.</summary>
    public static string Answer(BreakEvenPoint point) => (point.Outcome, point.Kind) switch
    {
        (BreakEvenOutcome.Never, _) => "never",
        (BreakEvenOutcome.Always, _) => "always",
        (BreakEvenOutcome.Same, _) => "no difference",
        (_, BreakEvenKind.Share) => $"{Percent(point.Units!.Value)}: {point.Unit}",
        (BreakEvenOutcome.Above, BreakEvenKind.Count) => $"{TableText.Quantity(point.FirstWholeUnit ?? point.Units!.Value)} {point.Unit}",
        (_, BreakEvenKind.Count) => $"at most {TableText.Quantity(decimal.Floor(point.Units!.Value))} {point.Unit}",
        _ => $"{Rounded(point.Units!.Value)} {point.Unit}",
    };

    private static string Line(LinearCost cost) => $"{Rounded(cost.Fixed)} + {Rounded(cost.PerUnit)} x";

    private static string Percent(decimal share) =>
        $"{decimal.Round(share * 100, 2).ToString("#,##0.##", CultureInfo.InvariantCulture)}%";

    private static string Rounded(decimal value) =>
        decimal.Round(value, Math.Abs(value) is > 0 and < 0.001m ? 12 : 6, MidpointRounding.ToEven)
            .ToString("#,##0.############", CultureInfo.InvariantCulture);
}
