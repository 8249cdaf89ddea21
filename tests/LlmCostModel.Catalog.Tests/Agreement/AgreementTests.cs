using System.Globalization;
using LlmCostModel.Catalog.Tests.Importing;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Catalog.Tests.Agreement;

/// <summary>The built-in prices against three public tables, at the day of the tables.</summary>
[Trait("Prints", "figures")]
public class AgreementTests(ITestOutputHelper output)
{
    /// <summary>
    /// Of the models that at least two tables price, at the providers of the catalog, 95% are found, and the others are listed. A price is
    /// confirmed by two tables or by the provider's page; what two tables do not confirm has a listed reason, whatever the page says.
    /// </summary>
    [SharedDataFact]
    public void Catalog_AgainstThreeTables_FindsAndAgrees()
    {
        ReasonList missing = ReasonList.Read("not-in-catalog.txt");
        ReasonList disagreements = ReasonList.Read("disagreements.txt");
        ComparedModel[] all = [.. ComparedModel.All()];
        ComparedModel[] found = [.. all.Where(model => model.IsFound)];
        ComparedModel[] differing = [.. found.Where(model => !model.Prices.All(price => price.IsInTwoTables))];

        AssertListed(all.Except(found), missing, IsMissing);
        AssertListed(differing, disagreements, IsApart);
        Assert.True(found.Length >= 0.95 * all.Length, $"{found.Length} of {all.Length} found");

        ComparedModel[] onPage = [.. found.Where(model => model.Prices.All(price => price.IsOnPage))];
        ComparedModel[] confirmed = [.. found.Where(model => model.Prices.All(price => price.IsOnPage || price.IsInTwoTables))];
        Assert.True(confirmed.Length >= 0.95 * found.Length, $"only {confirmed.Length} of {found.Length} are confirmed");
        Array.ForEach([.. found.Except(confirmed)], model => output.WriteLine($"neither on a page nor in two tables: {model}"));
        int share = 100 * found.Length / all.Length;
        Figures.AreStated(
            output,
            $"Of the {all.Length} models that at least two of the tables price at these providers, {found.Length} are found ({share}%)",
            $"the other {all.Length - found.Length} are in [`not-in-catalog.txt`]",
            $"{onPage.Length} of the {found.Length} have each of these prices on a page of the provider",
            $"{confirmed.Length} ({100m * confirmed.Length / found.Length:0.0}%) have each there or in two tables",
            $"{differing.Length} have one that fewer than two tables state");
    }

    /// <summary>How many models of each table agree, as <c>llmcost catalog check</c> counts them.</summary>
    [SharedDataFact]
    public void Catalog_AgainstEachTable_AgreesAsDocumented()
    {
        HashSet<string> providers = [.. BuiltInCatalog.RateCards.Select(card => card.Provider!)];
        string[] names = ["LiteLLM, 2026-08-01", "models.dev, 2026-07-02", "genai-prices, 2026-08-21"];
        List<FormattableString> rows = [];
        foreach (((PriceTableFormat format, string file), string name) in PublicTableTests.Three.Zip(names))
        {
            ImportResult table = PriceTableImporter.Import(format, PublicTableTests.Load(file));
            CrossCheck check = CrossCheck.Compare(ComparedModel.Ours, table, ComparedModel.At);
            int unknown = check.Unknown.Count(unknown => providers.Contains(unknown.Provider!));
            Assert.Equal(
                table.RateCards.Sum(card => card.Models.Length),
                check.Agreeing + check.Lacking + check.Differing + check.Unknown.Count);
            var lacking = check.OnlyInTable.Where(price => providers.Contains(price.Provider!)).GroupBy(price => price.What)
                .OrderByDescending(prices => prices.Count()).ThenBy(prices => prices.Key, StringComparer.Ordinal).ToArray();
            string counts = string.Join(", ", lacking.Select(prices => $"{prices.Key} {prices.Count()}"));
            output.WriteLine($"{name} has, and we have not: {counts}");
            string most = string.Join(", ", lacking.Take(3).Select(prices => $"`{prices.Key}` {prices.Count()}"));
            rows.Add($"| {name} | {check.Agreeing} | {check.Lacking} | {check.Differing} | {unknown} | {most} |");
        }

        Figures.AreStated(output, [.. rows]);
    }

    /// <summary>What a line of <c>not-in-catalog.txt</c> says of a model.</summary>
    private static bool IsMissing(ComparedModel model, string[] kind) => kind switch
    {
        ["ended", var day] => DateTimeOffset.Parse(day + "T00:00:00Z", CultureInfo.InvariantCulture) is var end
            && model.InputPrice(end.AddSeconds(-1)) is not null && model.InputPrice(end.AddDays(1).AddSeconds(-1)) is null,
        ["elsewhere", var provider] => (model with { Provider = provider }).InputPrice(ComparedModel.At) is not null,
        ["read", var day] => DateTimeOffset.Parse(day + "T00:00:00Z", CultureInfo.InvariantCulture) is var first
            && model.InputPrice(first.AddSeconds(-1)) is null && model.InputPrice(first) is not null,
        ["absent"] => model.InputPrice(null) is null,
        _ => false,
    };

    /// <summary>What a line of <c>disagreements.txt</c> says of a model's prices that two tables do not confirm.</summary>
    private static bool IsApart(ComparedModel model, string[] kind)
    {
        ComparedPrice[] apart = [.. model.Prices.Where(price => !price.IsInTwoTables)];
        return kind[0] == (apart.Any(price => price.Ours is null) ? "bucket"
            : apart.All(price => price.IsOnPage) ? "page"
            : apart.All(price => price.Tables.Contains(price.Ours)) ? "table"
            : "ours");
    }

    private static void AssertListed(IEnumerable<ComparedModel> models, ReasonList reasons, Func<ComparedModel, string[], bool> holds)
    {
        string[] unlisted =
        [
            .. from model in models
               let reason = reasons.Find(model.Key)
               where reason is null || !holds(model, reason.Kind.Split(' '))
               select $"{model} ({reason?.Kind ?? "no reason listed"})",
        ];
        Assert.True(unlisted.Length == 0, string.Join('\n', unlisted.Order(StringComparer.Ordinal)));
        reasons.AssertAllApply();
    }
}
