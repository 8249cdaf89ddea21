using System.Globalization;

namespace LlmCostModel.Cli.Output;

/// <summary>When something was read, and what the reading rests on, in words that follow its day.</summary>
internal static class ReadingText
{
    public static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(PriceBasis? basis) => basis switch
    {
        PriceBasis.Page => ", from the provider's page",
        PriceBasis.Api => ", from the provider's API",
        PriceBasis.Statement => ", from a statement of the provider",
        PriceBasis.Tables => ", from public tables",
        _ => "",
    };
}
