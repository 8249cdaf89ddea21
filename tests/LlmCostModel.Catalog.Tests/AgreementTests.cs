using LlmCostModel.Catalog.Tests.Importing;
using LlmCostModel.TestData;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Catalog.Tests;

/// <summary>The built-in prices against three public tables, at the day of the tables.</summary>
public class AgreementTests
{
    private static readonly DateTimeOffset At = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ICostEstimator Ours = new ServiceCollection().AddLlmCostModel().AddCatalog().BuildServiceProvider().GetRequiredService<ICostEstimator>();

    /// <summary>Of the models that at least two tables price, at the providers of the catalog, 95% are found. Of those 99% have the price of the provider's page (ProviderPageTests) or, where no copy of it was read,
    /// that of two tables; every price that two tables do not confirm has a listed reason.</summary>
    [SharedDataFact]
    public void Catalog_AgainstThreeTables_FindsAndAgrees()
    {
        (int found, List<string> missing, List<string> differing, _, int confirmed) = Compare();
        string[] listed = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "disagreements.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)])];
        string[] unlisted = [.. differing.Except(listed).Order(StringComparer.Ordinal)];
        Assert.True(found >= 0.95 * (found + missing.Count), $"{found} of {found + missing.Count} found; missing:\n{string.Join('\n', missing.Order(StringComparer.Ordinal))}");
        Assert.True(listed.Except(differing).ToArray() is [], $"listed, but no disagreement any more:\n{string.Join('\n', listed.Except(differing))}\nfound {found}, missing {missing.Count}, differing {differing.Count}");
        Assert.True(confirmed >= 0.99 * found, $"only {confirmed} of {found} are confirmed");
        Assert.True(unlisted.Length == 0, $"{found} found, {differing.Count} differ, {unlisted.Length} without a reason:\n{string.Join('\n', unlisted)}");
    }

    /// <summary>The documentation states what comes out today.</summary>
    [SharedDataFact]
    public void Documentation_StatesTheseFigures()
    {
        string documentation = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "catalog.md"));
        HashSet<string> providers = [.. BuiltInCatalog.RateCards.Select(card => card.Provider!)];
        (int found, List<string> missing, List<string> differing, int onPage, int confirmed) = Compare();
        int all = found + missing.Count;

        List<string> figures =
        [
            $"Of the {all} models that at least two of the tables price at these providers, {found} are found ({(int)(100m * found / all)}%).",
            $"{differing.Count} of them have no price that two tables state",
            $"{onPage} of the {found} were read on a provider's page, {confirmed} ({100m * confirmed / found:0.0}%) there or, without such a copy, in two tables",
        ];
        foreach (((PriceTableFormat format, string file), string name) in PublicTableTests.Three.Zip(["LiteLLM, 2026-08-01", "models.dev, 2026-07-02", "genai-prices, 2026-08-21"]))
        {
            CrossCheck check = CrossCheck.Compare(Ours, PriceTableImporter.Import(format, PublicTableTests.Load(file)), At);
            int differs = check.Differences.Select(difference => (difference.Provider, difference.Model)).Distinct().Count();
            figures.Add($"| {name} | {check.Agreeing} | {differs} | {check.Unknown.Count(unknown => providers.Contains(unknown.Provider!))} |");
        }

        Assert.All(figures, figure => Assert.True(documentation.Contains(figure, StringComparison.Ordinal), figure));
    }

    private static (int Found, List<string> Missing, List<string> Differing, int OnPage, int Confirmed) Compare()
    {
        HashSet<(string, string?)> pages = [.. ProviderPageTests.Statements.Select(statement => (statement.Provider, Canonical(statement.Model, statement.Provider)))];
        int onPage = 0;
        int confirmed = 0;
        HashSet<string> providers = [.. BuiltInCatalog.RateCards.Select(card => card.Provider!)];
        Dictionary<(string Provider, string Model), List<(decimal? Input, decimal? Output)>> stated = [];
        foreach ((PriceTableFormat format, string file) in PublicTableTests.Three)
        {
            ImportResult table = PriceTableImporter.Import(format, PublicTableTests.Load(file));
            CostEstimator estimator = new(table.RateCards);
            HashSet<(string, string)> seen = [];
            foreach (RateCard card in table.RateCards)
            {
                foreach (ModelPricing model in card.Models.Where(_ => providers.Contains(CrossCheck.ToProvider(card.Provider!))))
                {
                    (string, string) key = (CrossCheck.ToProvider(card.Provider!), model.Id);
                    if (Prices(estimator, model.Id, card.Provider!) is { Input: not null } prices && seen.Add(key))
                    {
                        (stated.TryGetValue(key, out List<(decimal?, decimal?)>? list) ? list : stated[key] = []).Add(prices);
                    }
                }
            }
        }

        List<string> missing = [];
        List<string> differing = [];
        int found = 0;
        foreach (((string provider, string model), List<(decimal? Input, decimal? Output)> prices) in stated.Where(pair => pair.Value.Count >= 2))
        {
            if (Prices(Ours, model, provider) is not { Input: not null } ours)
            {
                missing.Add($"{provider} {model}");
                continue;
            }

            found++;
            bool isOnPage = pages.Contains((provider, Canonical(model, provider)));
            onPage += isOnPage ? 1 : 0;
            confirmed++;
            if (prices.Count(price => price.Input == ours.Input && (price.Output is null or 0 || ours.Output is null || price.Output == ours.Output)) < 2)
            {
                differing.Add($"{provider} {model}");
                confirmed -= isOnPage ? 0 : 1;
            }
        }

        return (found, missing, differing, onPage, confirmed);
    }

    private static string? Canonical(string model, string provider) => Ours.Explain(model, default, new CallContext { Provider = provider, At = At }).Resolution?.ModelId;

    private static (decimal? Input, decimal? Output) Prices(ICostEstimator estimator, string model, string provider)
    {
        CallContext context = new() { Provider = provider, At = At };
        return (
            estimator.Estimate(model, new TokenUsage { Input = 1_000 }, context).GetAmount(TokenBucket.Input) * 1_000,
            estimator.Estimate(model, new TokenUsage { Output = 1_000 }, context).GetAmount(TokenBucket.Output) * 1_000);
    }
}
