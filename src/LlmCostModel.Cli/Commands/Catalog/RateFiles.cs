using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>Reads what the catalog commands compare.</summary>
internal static class RateFiles
{
    /// <summary>The word that stands for the built-in catalog where a file is expected.</summary>
    public const string BuiltIn = "builtin";

    private static readonly Dictionary<string, PriceTableFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["litellm"] = PriceTableFormat.LiteLlm,
        ["models.dev"] = PriceTableFormat.ModelsDev,
        ["openrouter"] = PriceTableFormat.OpenRouter,
        ["genai-prices"] = PriceTableFormat.GenAiPrices,
        ["llm-prices"] = PriceTableFormat.LlmPrices,
        ["portkey"] = PriceTableFormat.Portkey,
        ["tokenmeter"] = PriceTableFormat.TokenMeter,
        ["azure-retail-prices"] = PriceTableFormat.AzureRetailPrices,
        ["aws-price-list"] = PriceTableFormat.AwsPriceList,
    };

    /// <summary>The format that is not a table of prices but a contract: it may hold an overlay.</summary>
    public const string ClaudeCode = "claude-code";

    public static string FormatNames => string.Join(", ", Formats.Keys);

    public static IReadOnlyList<RateCard> Cards(string path, CommandHost host) =>
        path == BuiltIn ? BuiltInCatalog.RateCards : RateCardJson.Parse(InputFile.Bytes(path, host), Path.GetFileName(path));

    public static ImportResult ImportSettings(string path, CommandHost host, string? provider, DateOnly? asOf, out PriceOverlay? overlay)
    {
        try
        {
            return ClaudeCodePricing.Read(InputFile.Bytes(path, host), out overlay, provider ?? "anthropic", asOf);
        }
        catch (RateCardException exception)
        {
            throw new CliException($"{path}: {exception.Message}");
        }
    }

    public static ImportResult Import(string format, string path, CommandHost host, string? provider, DateOnly? asOf = null)
    {
        PriceTableFormat known = Formats.TryGetValue(format, out PriceTableFormat value)
            ? value
            : throw new CliException($"'{format}' is not a format that can be read. Known: {FormatNames}.");
        try
        {
            return PriceTableImporter.Import(
                known, InputFile.Bytes(path, host), provider ?? Path.GetFileNameWithoutExtension(path), asOf, BuiltInCatalog.RateCards);
        }
        catch (RateCardException exception)
        {
            throw new CliException($"{path}: {exception.Message}");
        }
    }
}
