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

    public static IReadOnlyList<RateCard> Cards(string path) =>
        path == BuiltIn ? BuiltInCatalog.RateCards : RateCardJson.Parse(Bytes(path), Path.GetFileName(path));

    public static ImportResult Import(string format, string path, string? host, DateOnly? asOf = null)
    {
        PriceTableFormat known = Formats.TryGetValue(format, out PriceTableFormat value) ? value : throw new CliException($"'{format}' is not a format that can be read. Known: {FormatNames}.");
        return PriceTableImporter.Import(known, Bytes(path), host ?? Path.GetFileNameWithoutExtension(path), asOf);
    }

    public static byte[] Bytes(string path)
    {
        using Stream stream = Records.RecordFile.Open(path, Stdin);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > RateCardJson.MaxBytes)
            {
                throw new CliException($"The file '{path}' has more than {RateCardJson.MaxBytes} bytes, unpacked; more are not read.");
            }
        }

        return bytes.ToArray();
    }

    private static CommandHost Stdin => new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
}
