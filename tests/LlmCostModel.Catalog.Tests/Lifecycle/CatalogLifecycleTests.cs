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
    [InlineData("gemini-3-pro-preview", "2026-03-08T23:59:59Z", "gemini-3.1-pro-preview", 0.32)] // an alias before too: 0.1 x 2 + 0.01 x 12
    [InlineData("gemini-3-pro-preview", "2026-03-09T00:00:00Z", "gemini-3.1-pro-preview", 0.32)]
    [InlineData("gemini-3-pro-preview", "2026-11-20T00:00:00Z", "gemini-3.1-pro-preview", 0.32)]
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
    [InlineData("gemini-1.5-pro", "2025-09-28T23:59:59Z", "gemini-1.5-pro", 0.175)] // 0.1 x 1.25 + 0.01 x 5
    [InlineData("gemini-1.5-pro", "2025-09-29T00:00:00Z", "gemini-1.5-pro", null)]
    [InlineData("gemini-1.5-flash-8b-latest", "2025-09-29T00:00:00Z", "gemini-1.5-flash-8b", null)]
    [InlineData("gemini-2.5-flash-preview-09-2025", "2026-02-16T23:59:59Z", "gemini-2.5-flash", 0.055)] // 0.1 x 0.3 + 0.01 x 2.5
    [InlineData("gemini-2.5-flash-preview-09-2025", "2026-02-17T00:00:00Z", "gemini-2.5-flash", null)]
    [InlineData("gemini-2.5-pro-preview-05-06", "2025-12-01T23:59:59Z", "gemini-2.5-pro", 0.225)]
    [InlineData("gemini-2.5-pro-preview-05-06", "2025-12-02T00:00:00Z", "gemini-2.5-pro", null)]
    [InlineData("gemini-2.0-flash-lite-preview-02-05", "2025-12-08T23:59:59Z", "gemini-2.0-flash-lite", 0.0105)] // 0.1 x 0.075 + 0.01 x 0.3
    [InlineData("gemini-2.0-flash-lite-preview-02-05", "2025-12-09T00:00:00Z", "gemini-2.0-flash-lite", null)]
    [InlineData("us.anthropic.claude-opus-4-20250514-v1:0", "2026-02-28T23:59:59Z", "anthropic.claude-opus-4-20250514-v1:0", 2.25)] // 0.1 x 15 + 0.01 x 75
    [InlineData("us.anthropic.claude-opus-4-20250514-v1:0", "2026-05-31T00:00:00Z", "anthropic.claude-opus-4-20250514-v1:0", null)]
    [InlineData("anthropic.claude-opus-4-20250514-v1:0", "2026-11-20T00:00:00Z", "anthropic.claude-opus-4-20250514-v1:0", null)]
    [InlineData("us.meta.llama3-2-90b-instruct-v1:0", "2026-07-06T23:59:59Z", "meta.llama3-2-90b-instruct-v1:0", 0.0792)] // 0.11 x 0.72
    [InlineData("us.meta.llama3-2-90b-instruct-v1:0", "2026-07-07T00:00:00Z", "meta.llama3-2-90b-instruct-v1:0", null)]
    [InlineData("~anthropic/claude-haiku-latest", "2026-09-30T00:00:00Z", "~anthropic/claude-haiku-latest", 0.15)] // 0.1 x 1 + 0.01 x 5
    [InlineData("~anthropic/claude-haiku-latest", "2026-10-20T00:00:00Z", "~anthropic/claude-haiku-latest", null)] // it moved on a day of October
    [InlineData("~anthropic/claude-haiku-latest", "2026-11-20T00:00:00Z", "anthropic/claude-haiku-5.5", 0.075)] // from 100k: 0.1 x 0.5 + 0.01 x 2.5
    [InlineData("~openai/gpt-terra-latest", "2026-09-30T00:00:00Z", "openai/gpt-5.6-terra", 0.32)] // 0.1 x 2 + 0.01 x 12
    [InlineData("~openai/gpt-terra-latest", "2026-11-20T00:00:00Z", "openai/gpt-6.1-terra", 0.15)] // 0.1 x 1 + 0.01 x 5
    [InlineData("~x-ai/grok-latest", "2026-11-20T00:00:00Z", "x-ai/grok-4.7", 0.26)] // 0.1 x 2 + 0.01 x 6
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

    /// <summary>No price applies before its first reading, unless it is marked as that of the launch.</summary>
    [Fact]
    public void Prices_BeforeTheirFirstReading_AreNotGuessed()
    {
        HashSet<(RateCard, string)> led = [.. Events.Where(entry => entry.Event.Target is not null).Select(entry => (entry.Card, entry.Id))];
        List<string> wrong = [];
        int unknown = 0;
        foreach ((RateCard card, ModelPricing model) in
            from card in BuiltInCatalog.RateCards from model in card.Models select (card, model))
        {
            PriceVersion first = model.Versions.OrderBy(version => version.From ?? DateTimeOffset.MinValue).First();
            DateTimeOffset before = first.From?.AddTicks(-1) ?? DateTimeOffset.UnixEpoch;
            CallContext context = new() { Provider = card.Provider, At = before, IncludeAnnounced = true };
            bool isMarked = first is { From: null, Beginning: PriceBeginning.Launch } or { From: not null, Beginning: not PriceBeginning.Launch };
            foreach (string id in model.Aliases.Prepend(model.Id).Where(id => isMarked && !id.Contains('*') && !led.Contains((card, id))))
            {
                CostEstimate estimate = Estimator.Estimate(id, Usage, context);
                string reason = estimate.Issues.Count > 0 ? estimate.Issues[0].Message : "";
                bool isKnownFrom = reason.StartsWith($"The price of '{model.Id}' is known from", StringComparison.Ordinal);
                isMarked &= first.From is null || (estimate.Total is null && isKnownFrom == (first.Beginning == PriceBeginning.Reading));
            }

            unknown += first.Beginning == PriceBeginning.Reading ? 1 : 0;
            wrong.AddRange(isMarked ? [] : [$"{card.Provider} {model.Id} {first.From:yyyy-MM-dd} {first.Beginning}"]);
        }

        Assert.True(unknown > 1_000, $"{unknown} prices of a first reading");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
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
        int Begun(PriceBeginning beginning) => models.Count(model => model.Versions[0].Beginning == beginning);
        Assert.Contains(
            FormattableString.Invariant($"the first prices of {Begun(PriceBeginning.Launch)} hold since the launch, those of ")
                + FormattableString.Invariant($"{Begun(PriceBeginning.Stated)} since a day of which the source tells, those of ")
                + FormattableString.Invariant($"{Begun(PriceBeginning.Reading):N0} are known from their first reading on"),
            page,
            StringComparison.Ordinal);
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
