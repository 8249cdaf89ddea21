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
    };

    public static string FormatNames => string.Join(", ", Formats.Keys);

    public static IReadOnlyList<RateCard> Cards(string path, CommandHost host) =>
        path == BuiltIn ? BuiltInCatalog.RateCards : RateCardJson.Parse(InputFile.Bytes(path, host), Path.GetFileName(path));

    public static ImportResult Import(string format, string path, CommandHost host, string? provider, DateOnly? asOf = null)
    {
        PriceTableFormat known = Formats.TryGetValue(format, out PriceTableFormat value)
            ? value
            : throw new CliException($"'{format}' is not a format that can be read. Known: {FormatNames}.");
        try
        {
            return PriceTableImporter.Import(known, InputFile.Bytes(path, host), provider ?? Path.GetFileNameWithoutExtension(path), asOf);
        }
        catch (RateCardException exception)
        {
            throw new CliException($"{path}: {exception.Message}");
        }
    }
}
