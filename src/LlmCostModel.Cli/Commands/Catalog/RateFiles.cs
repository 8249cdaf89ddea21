using System.Globalization;
using System.Text.RegularExpressions;
using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>Reads what the catalog commands compare.</summary>
internal static partial class RateFiles
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

    /// <summary>The day of a table: in the name of its file, or else when the file was written.</summary>
    public static DateOnly DayOf(string path, CommandHost host)
    {
        foreach (ValueMatch date in Dates().EnumerateMatches(Path.GetFileName(path)))
        {
            if (DateOnly.TryParseExact(
                Path.GetFileName(path).AsSpan(date.Index, date.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out DateOnly day))
            {
                return day;
            }
        }

        return DateOnly.FromDateTime(File.Exists(path) ? File.GetLastWriteTimeUtc(path) : host.Clock.GetUtcNow().UtcDateTime);
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex Dates();

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

    public static ImportResult Import(string format, string path, CommandHost host, string? provider, DateOnly? asOf = null) =>
        Read(format, path, host, (known, bytes) => PriceTableImporter.Import(
            known, bytes, provider ?? Path.GetFileNameWithoutExtension(path), asOf, BuiltInCatalog.RateCards));

    /// <summary>A table as evidence, called by its format.</summary>
    public static RefreshTable ReadTable(string format, string path, CommandHost host) =>
        Read(format, path, host, (known, bytes) =>
            RefreshTable.Read(
                known,
                format.ToLowerInvariant(),
                bytes,
                DayOf(path, host),
                Path.GetFileNameWithoutExtension(path),
                BuiltInCatalog.RateCards));

    private static T Read<T>(string format, string path, CommandHost host, Func<PriceTableFormat, ReadOnlyMemory<byte>, T> read)
    {
        PriceTableFormat known = Formats.TryGetValue(format, out PriceTableFormat value)
            ? value
            : throw new CliException($"'{format}' is not a format that can be read. Known: {FormatNames}.");
        try
        {
            return read(known, InputFile.Bytes(path, host));
        }
        catch (RateCardException exception)
        {
            throw new CliException($"{path}: {exception.Message}");
        }
    }
}
