using System.Globalization;

namespace LlmCostModel.Catalog.Tests.Lifecycle;

/// <summary>What became of the catalog's ids: every redirect and retirement before, at and after its instant, and no price where there is
/// none.</summary>
public class CatalogLifecycleTests
{
    private static readonly TokenUsage Usage = new() { Input = 100_000, Output = 10_000 };

    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    private static IEnumerable<(RateCard Card, string Id, IdEvent Event)> Events =>
        from card in BuiltInCatalog.RateCards
        from life in card.Lifecycle
        from one in life.Events
        select (card, life.Id, one);

    /// <summary>100,000 tokens in and 10,000 out; the sums are in the comments.</summary>
    [Theory]
    [InlineData("grok-4", "2026-05-15T18:59:59Z", "grok-4", 0.45)] // 0.1 x 3 + 0.01 x 15
    [InlineData("grok-4", "2026-05-15T19:00:00Z", "grok-4.3", 0.15)] // 0.1 x 1.25 + 0.01 x 2.5
    [InlineData("grok-4-fast", "2026-11-25T00:00:00Z", "grok-4.3", 0.15)] // an alias of grok-4-fast-reasoning, which was led there
    [InlineData("grok-code-fast-1", "2026-11-25T00:00:00Z", "grok-build-0.1", 0.12)] // 0.1 x 1 + 0.01 x 2
    [InlineData("gemini-2.5-pro", "2026-11-30T23:59:59Z", "gemini-2.5-pro", 0.225)] // 0.1 x 1.25 + 0.01 x 10
    [InlineData("gemini-2.5-pro", "2026-12-02T00:00:00Z", "gemini-3.8-flash", 0.1125)] // 0.1 x 0.75 + 0.01 x 3.75
    [InlineData("gemini-2.5-flash", "2026-12-02T00:00:00Z", "gemini-3.5-flash-lite", 0.055)] // 0.1 x 0.3 + 0.01 x 2.5
    [InlineData("gemini-3.5-flash", "2026-10-07T23:59:59Z", "gemini-3.5-flash", 0.24)] // 0.1 x 1.5 + 0.01 x 9
    [InlineData("gemini-3.5-flash", "2026-11-20T00:00:00Z", "gemini-3.6-flash", 0.1125)]
    [InlineData("gemini-flash-latest", "2026-11-20T00:00:00Z", "gemini-3.8-flash", 0.1125)]
    [InlineData("gemini-flash-latest", "2026-06-20T00:00:00Z", "gemini-flash-latest", null)] // what it meant is not known
    [InlineData("gemini-flash-lite-latest", "2026-11-20T00:00:00Z", "gemini-3.5-flash-lite", 0.055)]
    [InlineData("deepseek-v4-flash", "2026-11-21T12:00:00Z", "deepseek-flash", 0.021)] // a Saturday: 0.1 x 0.15 + 0.01 x 0.6
    [InlineData("claude-3-opus-20240229", "2026-01-04T23:59:59Z", "claude-3-opus", 2.25)] // 0.1 x 15 + 0.01 x 75
    [InlineData("claude-3-opus-20240229", "2026-01-05T00:00:00Z", "claude-3-opus", null)]
    [InlineData("claude-opus-4-1", "2026-11-20T00:00:00Z", "claude-opus-4-1", null)]
    [InlineData("gemini-2.0-flash", "2026-11-20T00:00:00Z", "gemini-2.0-flash", null)]
    public void Id_AroundItsEvents_HasThePriceOfThen(string id, string at, string model, double? total)
    {
        CostReceipt receipt = Estimator.Explain(id, Usage, new CallContext { At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) });

        Assert.Equal((model, (decimal?)total), (receipt.Model, receipt.Total?.Amount));
    }

    [Fact]
    public void Redirects_HaveThePriceOfTheirTarget_FromTheInstantOn()
    {
        (RateCard Card, string Id, IdEvent Event)[] redirects = [.. Events.Where(entry => entry.Event.Target is not null)];
        string[] wrong =
        [
            .. from entry in redirects
               from after in new[] { TimeSpan.Zero, TimeSpan.FromHours(1) }
               let context = new CallContext { Provider = entry.Card.Provider, At = entry.Event.From + after, IncludeAnnounced = true }
               where Estimator.Estimate(entry.Id, Usage, context).Total != Estimator.Estimate(entry.Event.Target!, Usage, context).Total
                   || Estimator.Explain(entry.Id, Usage, context).Resolution!.Steps.Count == 0
               select $"{entry.Card.Provider} {entry.Id} {entry.Event}",
        ];

        Assert.True(redirects.Length > 15, $"{redirects.Length} redirects");
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    /// <summary>At the instant and a year later, by the id and by every alias that has the life of its model.</summary>
    [Fact]
    public void Retired_HaveNoPrice_AndSayWhen()
    {
        (RateCard Card, string Id, IdEvent Event)[] retired = [.. Events.Where(entry => entry.Event.Retired)];
        string[] wrong =
        [
            .. from entry in retired
               let own = entry.Card.Lifecycle.Select(life => life.Id).ToHashSet()
               let aliases = entry.Card.Models.FirstOrDefault(model => model.Id == entry.Id)?.Aliases.Where(alias => !own.Contains(alias))
               from id in (aliases ?? []).Prepend(entry.Id)
               from after in new[] { TimeSpan.Zero, TimeSpan.FromDays(365) }
               let context = new CallContext { Provider = entry.Card.Provider, At = entry.Event.From + after, IncludeAnnounced = true }
               let estimate = Estimator.Estimate(id, Usage, context)
               where estimate.Total is not null || estimate.Issues[0].Kind != CostIssueKind.Retired
                   || (entry.Event.Successor is { } next && !estimate.Issues[0].Message.Contains($"'{next}'", StringComparison.Ordinal))
               select $"{entry.Card.Provider} {id} {entry.Event}",
        ];

        Assert.True(retired.Length > 250, $"{retired.Length} retirements");
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    /// <summary>Every price says when it was read and what that rests on, and no promise of a provider ends without a mark.</summary>
    [Fact]
    public void Prices_SayWhenAndFromWhatTheyWereRead()
    {
        (RateCard Card, ModelPricing Model, PriceVersion Version)[] versions =
        [
            .. from card in BuiltInCatalog.RateCards
               from model in card.Models
               from version in model.Versions
               select (card, model, version),
        ];

        Assert.Empty(versions.Where(entry => entry.Version.AsOf is null || entry.Version.Basis == PriceBasis.Unstated)
            .Select(entry => $"{entry.Card.Provider} {entry.Model.Id}"));
        Assert.Empty(versions
            .Where(entry => entry.Version is { Note: { } note, Until: null, GuaranteedUntil: null }
                && note.Contains("promotional", StringComparison.OrdinalIgnoreCase) && note.Contains("until 20", StringComparison.Ordinal)
                && entry.Model.Versions[^1] == entry.Version)
            .Select(entry => $"{entry.Card.Provider} {entry.Model.Id}: {entry.Version.Note}"));
        Assert.All(BuiltInCatalog.RateCards, card => Assert.True(
            card.Models.SelectMany(model => model.Versions).Min(version => version.AsOf) <= card.AsOf, card.Provider));
    }

    [Fact]
    public void Documentation_StatesWhatIsKnownOfIdsAndReadings()
    {
        ModelPricing[] models = [.. BuiltInCatalog.RateCards.SelectMany(card => card.Models)];
        int lives = BuiltInCatalog.RateCards.Sum(card => card.Lifecycle.Length);
        int ends = BuiltInCatalog.RateCards.Sum(card => card.Lifecycle.Count(life => life.Events.Any(one => one.Retired)));
        int own = models.Count(model => model.Versions[^1].Basis is PriceBasis.Page or PriceBasis.Api or PriceBasis.Statement);
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "catalog.md"));

        Assert.Contains(FormattableString.Invariant($"{lives} ids have a life, {ends} of them an end"), page, StringComparison.Ordinal);
        Assert.Contains(
            FormattableString.Invariant($"of {models.Length:N0} models, {100 * own / models.Length}% have a reading"), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Promotion_PastItsPromise_IsSaid()
    {
        CostReceipt receipt = Estimator.Explain(
            "gpt-5.6-sol", Usage, new CallContext { At = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero) });

        Assert.Equal(0.6m, receipt.Total?.Amount); // 0.1 x 4 + 0.01 x 20
        Assert.StartsWith("The provider promised this price of 'gpt-5.6-sol' until 2026-11-22", Assert.Single(receipt.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRouter_AMonthLater_SaysThatThePriceIsOld()
    {
        CostReceipt receipt = Estimator.Explain(
            "openai/gpt-5", Usage, new CallContext { Provider = "openrouter", At = new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero) });

        Assert.Contains("last about 28 days", Assert.Single(receipt.Notes), StringComparison.Ordinal);
    }
}
