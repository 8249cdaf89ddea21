using System.Reflection;

namespace LlmCostModel.Catalog;

/// <summary>The rate cards that come with the package, one per provider.</summary>
/// <remarks>Read lazily and once. Thread-safe.</remarks>
public static class BuiltInCatalog
{
    private static readonly Lazy<IReadOnlyList<RateCard>> Cards = new(() => Load());

    /// <summary>Gets the rate cards, sorted by provider.</summary>
    public static IReadOnlyList<RateCard> RateCards => Cards.Value;

    /// <summary>Gets the day of the oldest reading of a price that is in force: all others were read later. Warn when it is further back
    /// than your prices may be.</summary>
    public static DateOnly AsOf => RateCards.Min(card => card.AsOf)!.Value;

    /// <summary>Gets the rules by which providers write ids, as <c>AddCatalog</c> registers them.</summary>
    public static IModelIdNormalizer IdRules { get; } = new ProviderIdNormalizer();

    /// <summary>Makes an estimator of the built-in rate cards that knows the rules of ids, for use without dependency injection.</summary>
    /// <param name="options">The options, whose own rate cards win; <see langword="null"/> for none.</param>
    /// <returns>The estimator. Keep it: making one reads the rates.</returns>
    /// <exception cref="RateCardException">Something about the options' rates is invalid; the message lists every fault.</exception>
    public static CostEstimator CreateEstimator(LlmCostModelOptions? options = null) =>
        new(options ?? new LlmCostModelOptions(), [new CatalogSource()], [IdRules]);

    /// <summary>Writes all of it as one file, <c>llmcost-catalog.json</c> of a build: for <see cref="CatalogFile"/>, and for other
    /// languages. <c>docs/catalog-feed.schema.json</c> is its JSON schema.</summary>
    /// <returns>UTF-8 text: its format, the day of its newest reading (<c>Version</c>) and of its oldest (<c>AsOf</c>), the SHA-256 of its
    /// rate cards, and the rate cards as the files of the package have them, all on the second line.</returns>
    public static byte[] Write()
    {
        DateOnly newest = RateCards.SelectMany(card => card.Models).SelectMany(model => model.Versions).Max(version => version.AsOf)!.Value;
        return CatalogFeed.Write(Files().Select(file => (Path.GetFileNameWithoutExtension(file.Name), file.Json)), newest, AsOf);
    }

    private static List<RateCard> Load() => [.. Files().Select(file => RateCardJson.ParseDeferred(file.Json, file.Name))];

    private static IEnumerable<(string Name, byte[] Json)> Files()
    {
        Assembly assembly = typeof(BuiltInCatalog).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] json = new byte[stream.Length];
            stream.ReadExactly(json);
            yield return (name, json);
        }
    }
}
