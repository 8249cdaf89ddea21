using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Catalog.Tests;

public class BuiltInCatalogTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000, Output = 1_000_000 };

    private static readonly CostEstimator Estimator = new(BuiltInCatalog.RateCards);

    [Fact]
    public void Cards_AreSourcedDatedAndWithoutWarnings()
    {
        Assert.All(BuiltInCatalog.RateCards, card =>
        {
            Assert.NotNull(card.Provider);
            Assert.StartsWith("https://", card.Source, StringComparison.Ordinal);
            Assert.NotNull(card.AsOf);
        });
        Assert.Equal(BuiltInCatalog.RateCards.Count, BuiltInCatalog.RateCards.Select(card => card.Provider).Distinct().Count());
        Assert.Equal(new DateOnly(2025, 5, 21), BuiltInCatalog.AsOf); // the oldest reading of a price that is in force
        Assert.Same(BuiltInCatalog.RateCards, BuiltInCatalog.RateCards);
    }

    [Fact]
    public void CreateEstimator_KnowsTheRulesOfIds_AndTheUsersCardsWin()
    {
        LlmCostModelOptions options = new();
        options.AddJson("""{ "mine": { "Provider": "openai", "Currency": "USD", "Models": { "o1": { "PerMillionTokens": { "Input": 1, "Output": 1 } } } } }"""u8.ToArray(), "mine.json");
        CostEstimator estimator = BuiltInCatalog.CreateEstimator(options);

        Assert.Equal(2, estimator.Estimate("o1", Million).Total?.Amount);
        Assert.Equal(28.5m, estimator.Estimate("us.anthropic.claude-sonnet-4-20250514-v1:0", Million, new CallContext { At = new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero) }).Total?.Amount); // above 200,000 tokens: 6 + 22.50
    }

    // 100,000 tokens written at 5 USD per million, twice the 2.50 of 30 minutes; where no page states the price, it is not that of 30 minutes.
    [Theory]
    [InlineData("gpt-6.2-sol", "12h", "0.5 USD")]
    [InlineData("gpt-6.2-sol", "30m", "0.25 USD")]
    [InlineData("gpt-6-sol", "12h", "no price: No price of 'gpt-6-sol' for CacheWrite12h tokens.")]
    [InlineData("gpt-6-sol", "30m", "0.25 USD")]
    public void OpenAIsCacheWrite_OfAResponse_CostsByTheTimeItIsKept(string model, string timeToLive, string expected)
    {
        string body = $$$"""
            {"object":"response","model":"{{{model}}}","prompt_cache_options":{"mode":"implicit","ttl":"{{{timeToLive}}}"},
             "usage":{"input_tokens":100000,"input_tokens_details":{"cache_write_tokens":100000},"output_tokens":0}}
            """;
        UsageReading reading = UsageReader.Read(System.Text.Encoding.UTF8.GetBytes(body));

        CostEstimate estimate = Estimator.Estimate(reading.Model!, reading.Usage!.Value);

        Assert.StartsWith(expected, estimate.Total?.Amount is null ? $"no price: {estimate.Issues[0].Message}" : estimate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MaxRateAgeDays_TenYearsLater_WarnsOfEveryCard()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddLlmCostModel(options => options.MaxRateAgeDays = 365).AddCatalog()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2036, 8, 1, 0, 0, 0, TimeSpan.Zero)))
            .BuildServiceProvider();

        Assert.Equal(BuiltInCatalog.RateCards.Count, services.GetRequiredService<ICostEstimator>().Rates.Warnings.Count);
    }

    [Fact]
    public void Size_Embedded_IsBelow1100Kilobytes()
    {
        System.Reflection.Assembly assembly = typeof(BuiltInCatalog).Assembly;
        long bytes = assembly.GetManifestResourceNames().Sum(name =>
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            return stream.Length;
        });

        Assert.InRange(bytes, 100_000, 1_100_000);
    }

    /// <summary>How old prices are is asked of a card without reading its models.</summary>
    [Fact]
    public void AsOf_OfACard_IsNotAfterAReadingInForce() =>
        Assert.All(BuiltInCatalog.RateCards, card => Assert.All(card.Models, model =>
            Assert.False(model.GetVersion(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero))?.AsOf < card.AsOf
                && !card.Lifecycle.Any(life => life.Id == model.Id), $"{model.Id} at {card.Provider}")));

    [Fact]
    public void Documentation_StatesHowMuchThereIs()
    {
        string documentation = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "catalog.md"));
        string[] statements = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "provider-pages")).SelectMany(file => File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#').Select(line => Path.GetFileName(file) + " " + line))];

        Assert.Contains($"holds {BuiltInCatalog.RateCards.Sum(card => card.Models.Length).ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} models of {BuiltInCatalog.RateCards.Count} providers", documentation, StringComparison.Ordinal);
        Assert.Contains($"{statements.Length} statements about {statements.Select(statement => statement[..statement.IndexOf(" | ", StringComparison.Ordinal)]).Distinct().Count()} models", documentation, StringComparison.Ordinal);
    }

    /// <summary>The line of the log is of an application with a card of one model of its own.</summary>
    [Fact]
    public void GettingStarted_ShowsTheCatalogOfToday() => Assert.Contains(
        FormattableString.Invariant($"{BuiltInCatalog.RateCards.Count + 1} rate cards (1 of the application) with ")
            + FormattableString.Invariant($"{BuiltInCatalog.RateCards.Sum(card => card.Models.Length) + 1} models, the oldest prices of ")
            + FormattableString.Invariant($"{BuiltInCatalog.RateCards.Min(card => card.AsOf):yyyy-MM-dd},"),
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "getting-started.md")),
        StringComparison.Ordinal);

    /// <summary>Input and output of a million tokens each, the day before and the day after a change; sources in the catalog's files.</summary>
    [Theory]
    [InlineData("o3", "2025-06-09", 50)] // 10 + 40
    [InlineData("o3", "2025-06-10", 10)] // 2 + 8
    [InlineData("o1-mini", "2025-01-30", 15)] // 3 + 12
    [InlineData("o1-mini", "2025-01-31", 5.5)] // 1.10 + 4.40
    [InlineData("gpt-4o", "2024-10-01", 20)] // gpt-4o-2024-05-13: 5 + 15
    [InlineData("gpt-4o", "2024-10-02", 12.5)] // gpt-4o-2024-08-06: 2.50 + 10
    [InlineData("gpt-4o-2024-05-13", "2026-01-01", 20)]
    [InlineData("gpt-3.5-turbo", "2023-06-12", 4)] // 2 + 2
    [InlineData("gpt-3.5-turbo", "2023-06-13", 3.5)] // input cut by 25%: 1.50 + 2
    [InlineData("gpt-3.5-turbo", "2024-02-15", 3.5)]
    [InlineData("gpt-3.5-turbo", "2024-02-16", 2)] // gpt-3.5-turbo-0125: 0.50 + 1.50
    [InlineData("gpt-3.5-turbo-0301", "2024-02-16", 3.5)]
    [InlineData("deepseek-chat", "2024-09-01", 0.42)] // DeepSeek-V2.5: 0.14 + 0.28
    [InlineData("deepseek-chat", "2025-02-08", 0.42)] // 0.14 + 0.28, until 16:00
    [InlineData("deepseek-chat", "2025-02-09", 1.37)] // 0.27 + 1.10
    [InlineData("deepseek-chat", "2025-09-05", 1.37)] // until 16:00
    [InlineData("deepseek-chat", "2025-09-06", 2.24)] // 0.56 + 1.68
    [InlineData("deepseek-reasoner", "2025-09-28", 2.24)]
    [InlineData("deepseek-reasoner", "2025-09-29", 0.7)] // 0.28 + 0.42
    [InlineData("deepseek-v4-pro", "2026-04-25", 5.22)] // 1.74 + 3.48
    [InlineData("deepseek-v4-pro", "2026-04-26", 1.305)] // 75% off: 0.435 + 0.87
    [InlineData("deepseek-v4-pro", "2026-08-16", 1.305)] // 0.435 + 0.87, until 16:00
    [InlineData("deepseek-v4-pro", "2026-08-17", 2.64)] // 0.66 + 1.98 outside the peak hours
    [InlineData("glm-5.3-flash", "2026-09-08", 0.325)] // half price: 0.075 + 0.25
    [InlineData("glm-5.3-flash", "2026-09-09", 0.65)] // 0.15 + 0.50
    [InlineData("claude-opus-4-6", "2026-03-12", 47.5)] // above 200,000 tokens: 10 + 37.50
    [InlineData("claude-opus-4-6", "2026-03-13", 30)] // the surcharge is gone: 5 + 25
    [InlineData("gpt-5.6-luna", "2026-07-29", 11)] // a million is above 272,000: 1 x 2 + 6 x 1.5
    [InlineData("gpt-5.6-luna", "2026-07-30", 2.2)] // 0.20 x 2 + 1.20 x 1.5
    [InlineData("gpt-5.6-terra", "2026-07-29", 27.5)] // 2.50 x 2 + 15 x 1.5
    [InlineData("gpt-5.6-terra", "2026-07-30", 22)] // 2 x 2 + 12 x 1.5
    [InlineData("gemini-3.6-flash", "2026-08-12", 9)] // 1.50 + 7.50
    [InlineData("gemini-3.6-flash", "2026-08-13", 4.5)] // 0.75 + 3.75
    [InlineData("gemini-3.6-flash", "2026-12-31", 4.5)] // 0.75 + 3.75
    [InlineData("gemini-1.5-pro", "2024-09-30", 28)] // above 128,000 tokens: 7 + 21
    [InlineData("gemini-1.5-pro", "2024-10-01", 12.5)] // 2.50 + 10
    [InlineData("gemini-flash-latest", "2026-01-20", 2.8)] // gemini-2.5-flash-preview-09-2025: 0.30 + 2.50
    [InlineData("gemini-flash-latest", "2026-01-21", 3.5)] // gemini-3-flash-preview: 0.50 + 3
    [InlineData("gemini-pro-latest", "2026-01-20", 17.5)] // gemini-2.5-pro above 200,000 tokens: 2.50 + 15
    [InlineData("gemini-pro-latest", "2026-01-21", 22)] // gemini-3-pro-preview above 200,000 tokens: 4 + 18
    [InlineData("mistral-large-latest", "2024-09-16", 12)] // mistral-large-2407: 3 + 9
    [InlineData("mistral-large-latest", "2024-09-17", 8)] // cut to 2 + 6
    [InlineData("mistral-large-latest", "2025-12-01", 8)] // mistral-large-2411
    [InlineData("mistral-large-latest", "2025-12-02", 2)] // mistral-large-2512: 0.50 + 1.50
    [InlineData("mistral-medium-latest", "2026-05-21", 2.4)] // mistral-medium-2508: 0.40 + 2
    [InlineData("mistral-medium-latest", "2026-05-22", 9)] // mistral-medium-2604: 1.50 + 7.50
    [InlineData("grok-4.20-0309-reasoning", "2026-04-30", 16)] // from 200,000 tokens on: 4 + 12
    [InlineData("grok-4.20-0309-reasoning", "2026-05-18", 7.5)] // 2.50 + 5
    [InlineData("anthropic.claude-3-5-sonnet-20241022-v2:0", "2025-11-30", 18)] // 3 + 15
    [InlineData("anthropic.claude-3-5-sonnet-20241022-v2:0", "2025-12-01", 36)] // extended access on Bedrock: 6 + 30
    [InlineData("openai.gpt-5.6-luna", "2026-07-29", 12.1)] // above 272,000: 1.10 x 2 + 6.60 x 1.5
    [InlineData("openai.gpt-5.6-luna", "2026-07-30", 2.42)] // 0.22 x 2 + 1.32 x 1.5
    [InlineData("amazon.nova-premier-v1:0", "2026-09-13", 15)] // 2.50 + 12.50
    [InlineData("anthropic.claude-3-5-haiku-20241022-v1:0", "2024-12-03", 6)] // at launch: 1 + 5
    [InlineData("anthropic.claude-3-5-haiku-20241022-v1:0", "2024-12-04", 4.8)] // 0.80 + 4
    [InlineData("openai.gpt-6-sol", "2026-11-20", 20.9)] // in its region, above 272,000: 2.20 x 2 + 11 x 1.5
    [InlineData("kimi-k2-turbo-preview", "2025-11-05", 12.4)] // 2.40 + 10
    [InlineData("kimi-k2-turbo-preview", "2025-11-06", 9.15)] // 1.15 + 8
    [InlineData("qwen3-32b", "2026-07-02", 3.5)] // 0.70 + 2.80
    [InlineData("qwen3-32b", "2026-08-01", 0.8)] // 0.16 + 0.64
    [InlineData("gemini-4-argon", "2026-11-30", 12)] // introductory: 2 + 10
    [InlineData("gemini-4-neon", "2026-11-20", 18)] // 3 + 15, flat
    [InlineData("gpt-6.2-astra", "2026-11-20", 76)] // above 272,000: 16 + 60
    public void Price_AroundAChange_IsThatOfTheDay(string model, string day, double total)
    {
        DateTimeOffset noon = DateTimeOffset.Parse(day + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((decimal)total, Estimator.Estimate(model, Million, new CallContext { At = noon }).Total?.Amount);
    }

    /// <summary>What a card calls a model must not hide the path that names another provider, such as xai/grok-4.6.</summary>
    [Fact]
    public void Path_NamingAProvider_NeverLeadsToAnother()
    {
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel().AddCatalog().BuildServiceProvider();
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();
        (string Path, string Provider, ModelResolution Found)[] resolved =
        [
            .. from card in BuiltInCatalog.RateCards
               from model in card.Models
               let path = $"{card.Provider}/{model.Id}"
               let resolution = estimator.Explain(path, default, new CallContext { At = new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero) }).Resolution
               where resolution is not null
               select (path, card.Provider, resolution),
        ];

        Assert.True(resolved.Length > 700, $"only {resolved.Length} paths are resolved");
        Assert.Empty(resolved.Where(path => path.Found.Provider != path.Provider).Select(path => $"{path.Path} is {path.Found.ModelId} at {path.Found.Provider}"));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    [InlineData("google")]
    [InlineData("vertex")]
    [InlineData("azure")]
    [InlineData("azure_ai")]
    [InlineData("bedrock")]
    [InlineData("deepseek")]
    [InlineData("mistral")]
    [InlineData("xai")]
    [InlineData("cohere")]
    [InlineData("groq")]
    [InlineData("together")]
    [InlineData("fireworks")]
    [InlineData("cerebras")]
    [InlineData("perplexity")]
    [InlineData("alibaba")]
    [InlineData("moonshot")]
    [InlineData("zhipu")]
    [InlineData("minimax")]
    [InlineData("openrouter")]
    [InlineData("vercel")]
    [InlineData("deepinfra")]
    [InlineData("novita")]
    [InlineData("nebius")]
    [InlineData("sambanova")]
    [InlineData("github_copilot")]
    [InlineData("codex")]
    [InlineData("databricks")]
    [InlineData("copilot_studio")]
    public void Host_HasModels(string provider) => Assert.NotEmpty(BuiltInCatalog.RateCards.Single(card => card.Provider == provider).Models);
}
