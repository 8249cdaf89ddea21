using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Catalog.Tests.Refreshing;

/// <summary>What a refresh from the public tables of August 2026 brings back, and what it leaves alone.</summary>
public class RefreshTests(ITestOutputHelper output)
{
    private const int Prices = 40;
    private const int Models = 20;

    /// <summary>40 prices and 20 models are taken away at random, of those that a table states as the catalog does.</summary>
    [SharedDataTheory]
    [InlineData(1)]
    [InlineData(2026)]
    public void Refresh_BringsBackWhatWasTakenAway_AndSpoilsNothing(int seed)
    {
        RefreshTable[] tables = RefreshFixture.Tables();
        Dictionary<string, byte[]> whole = RefreshFixture.Catalog();
        Dictionary<string, byte[]> files = new(whole, StringComparer.Ordinal);
        Removed[] removed = Remove(files, tables, new Random(seed));
        RateCard[] cards = RefreshFixture.Cards(files);

        CatalogRefresh refresh = CatalogRefresh.Propose(cards, tables, RefreshFixture.Now);

        RefreshProposal[] proposed = [.. refresh.Proposals.Where(proposal => proposal.Confidence > RefreshConfidence.Low)];
        Dictionary<string, byte[]> written = RefreshFixture.Write(files, proposed);
        CostEstimator before = new(RefreshFixture.Cards(whole));
        CostEstimator after = new(RefreshFixture.Cards(written));
        string[] lost = [.. removed.Where(one => !IsBack(one, RefreshFixture.Cards(whole), before, after)).Select(one => one.ToString())];
        output.WriteLine($"{removed.Length - lost.Length} of {removed.Length} came back; not: {string.Join(", ", lost)}");
        Assert.Equal(Prices + Models, removed.Length);
        Assert.True(lost.Length <= 5, $"only {removed.Length - lost.Length} came back; not: {string.Join(", ", lost)}");

        // What two tables or the provider's own answer state is written without a look; nothing that was known may change by it.
        CostEstimator sure = new(RefreshFixture.Cards(RefreshFixture.Write(files, proposed.Where(proposal => proposal.Confidence == RefreshConfidence.High))));
        Assert.Empty(Spoiled(RefreshFixture.Cards(whole), before, sure, removed));
    }

    /// <summary>Twelve errors in one table, which is the only one, and younger than all readings: none is proposed, each is told.</summary>
    [SharedDataTheory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(2026)]
    public void Refresh_PlantedErrors_AreWarnings(int seed)
    {
        RateCard[] cards = RefreshFixture.Cards(RefreshFixture.Catalog());
        (RefreshTable table, (string Provider, string Model, string Kind)[] planted) = PlantedErrors.In(cards, new Random(seed));

        CatalogRefresh refresh = CatalogRefresh.Propose(cards, [table], new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(12, planted.Length);
        Assert.All(planted, error =>
        {
            Assert.DoesNotContain(refresh.Proposals, proposal => (proposal.Provider, proposal.Model) == (error.Provider, error.Model)
                && proposal.Prices.Any(price => price.What is "Input" or "Output"));
            Assert.Contains(refresh.Warnings, warning => (warning.Provider, warning.Model) == (error.Provider, error.Model));
        });
    }

    private static Removed[] Remove(Dictionary<string, byte[]> files, RefreshTable[] tables, Random random)
    {
        RateCard[] cards = RefreshFixture.Cards(files);
        ILookup<(string, string), TableStatement> statements = tables.SelectMany(table => table.Statements)
            .Where(statement => statement.Refusal is null)
            .ToLookup(statement => (statement.Provider, statement.Model));
        List<Removed> stated =
        [
            .. from card in cards
               let known = new KnownIds(card)
               from model in card.Models
               from statement in statements[(card.Provider!, model.Id)]
               where !known.IsEndedOrLed(model.Id, statement.At) && model.GetVersion(statement.At) == model.Versions[^1]
               from what in statement.Prices.Keys
               where Enum.TryParse(what, out TokenBucket bucket) && model.Versions[^1].PerMillionTokens[bucket] is > 0 and { } price && price == statement.Prices[what]
               select new Removed(card.Provider!, model.Id, what, statement.At),
        ];

        List<Removed> removed = [];
        HashSet<(string, string)> taken = [];
        foreach (Removed one in stated.OrderBy(_ => random.Next()).ToArray())
        {
            string? price = removed.Count < Prices ? one.What : null;
            if (removed.Count < Prices + Models && taken.Add((one.Provider, one.Model)) && RefreshFixture.Without(files[one.Provider], one.Model, price) is { } text)
            {
                files[one.Provider] = text;
                removed.Add(one with { What = price });
            }
        }

        return [.. removed];
    }

    /// <summary>Whether the prices of input and output, or the one price, are those of before on the day of the table.</summary>
    private static bool IsBack(Removed removed, RateCard[] whole, CostEstimator before, CostEstimator after)
    {
        PriceVersion version = whole.Single(card => card.Provider == removed.Provider).Models.Single(model => model.Id == removed.Model).Versions[^1];
        TokenBucket[] buckets = removed.What is { } what
            ? [Enum.Parse<TokenBucket>(what)]
            : [.. new[] { TokenBucket.Input, TokenBucket.Output }.Where(bucket => version.PerMillionTokens[bucket] is not null)];
        return buckets.All(bucket => Price(before, removed.Provider, removed.Model, bucket, removed.At) is { } was
            && was == Price(after, removed.Provider, removed.Model, bucket, removed.At));
    }

    private static IEnumerable<string> Spoiled(RateCard[] whole, CostEstimator before, CostEstimator after, Removed[] removed)
    {
        HashSet<(string, string)> changed = [.. removed.Select(one => (one.Provider, one.Model))];
        DateTimeOffset[] instants = [new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero), RefreshFixture.Now, new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero)];
        return from card in whole
               from model in card.Models
               where !changed.Contains((card.Provider!, model.Id))
               from bucket in Enum.GetValues<TokenBucket>()
               from at in instants
               let was = Price(before, card.Provider!, model.Id, bucket, at)
               where was is not null && was != Price(after, card.Provider!, model.Id, bucket, at)
               select $"{card.Provider} {model.Id} {bucket} at {at:yyyy-MM-dd}: {was}, now {Price(after, card.Provider!, model.Id, bucket, at)}";
    }

    private static decimal? Price(CostEstimator estimator, string provider, string model, TokenBucket bucket, DateTimeOffset at)
    {
        TokenUsage usage = new() { [bucket] = 1_000 };
        return estimator.Estimate(model, in usage, new CallContext { Provider = provider, At = at }).GetAmount(bucket);
    }

    /// <summary>What was taken from the catalog, and the day of a table that has it.</summary>
    private sealed record Removed(string Provider, string Model, string? What, DateTimeOffset At);
}
