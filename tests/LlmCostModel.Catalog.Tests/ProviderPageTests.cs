using System.Globalization;

namespace LlmCostModel.Catalog.Tests;

/// <summary>
/// What the providers' own pages say, written down from stored copies of them in provider-pages/HOST.txt, one statement a line: model | day | condition | prices | page.
/// Prices are per million tokens of a bucket, or per unit of a meter (0.017/60: per 60 of them); a condition is "-" or names tier, region, total input tokens and attributes.
/// </summary>
public class ProviderPageTests
{
    private static readonly CostEstimator Estimator = new(BuiltInCatalog.RateCards);

    private static string[] ProviderNames => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "provider-pages"), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Providers => [.. ProviderNames];

    /// <summary>The models that the pages state prices of.</summary>
    internal static IEnumerable<(string Provider, string Model)> Statements =>
        from provider in ProviderNames from line in Lines(provider) select (provider, line[..line.IndexOf(" | ", StringComparison.Ordinal)]);

    [Theory]
    [MemberData(nameof(Providers))]
    public void Prices_OfTheProvidersPage_AreThoseOfTheCatalog(string provider)
    {
        string[] statements = Lines(provider);

        string[] wrong = [.. statements.SelectMany(statement => Differences(provider, statement))];

        Assert.NotEmpty(statements);
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    private static string[] Lines(string provider) => [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "provider-pages", provider + ".txt")).Where(line => line.Length > 0 && line[0] != '#')];

    private static IEnumerable<string> Differences(string provider, string statement)
    {
        string[] fields = statement.Split(" | ");
        Assert.True(fields.Length == 5, $"five fields expected: {statement}");
        Assert.StartsWith("https://", fields[4], StringComparison.Ordinal);
        Dictionary<string, string> conditions = Pairs(fields[2]);
        long input = conditions.Remove("input", out string? tokens) ? long.Parse(tokens, CultureInfo.InvariantCulture) : 0;
        CallContext context = new()
        {
            Provider = provider,
            At = DateTimeOffset.Parse(fields[1].Contains('T', StringComparison.Ordinal) ? fields[1] : fields[1] + "T12:00:00Z", CultureInfo.InvariantCulture),
            IncludeAnnounced = true,
            Tier = conditions.Remove("tier", out string? tier) ? tier : null,
            Region = conditions.Remove("region", out string? region) ? region : null,
            Attributes = conditions.Count == 0 ? null : CallAttributes.Create([.. conditions]),
        };
        foreach ((string name, string price) in Pairs(fields[3]))
        {
            string[] parts = price.Split('/'); // 0.017/60 is a price per 60 units
            decimal? ours = Enum.TryParse(name, out TokenBucket bucket)
                ? Estimator.PerMillionTokens(fields[0], bucket, context, input)
                : PerMeter(fields[0], name, parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1, context);
            if (ours != decimal.Parse(parts[0], CultureInfo.InvariantCulture))
            {
                yield return $"{statement}: {name} is {ours?.ToString(CultureInfo.InvariantCulture) ?? "unpriced"} in the catalog";
            }
        }
    }

    private static decimal? PerMeter(string model, string meter, int units, CallContext context) =>
        Estimator.Estimate(model, default, context, MeteredQuantities.Empty.With(meter, 1_000m * units)).GetAmount(meter) / 1_000;

    private static Dictionary<string, string> Pairs(string text) =>
        text == "-" ? [] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
