using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace LlmCostModel.Extensions.AI.Evaluation.Tests;

/// <summary>Cost stands beside quality: what is known with its number, what is not with its reason, and never as 0.</summary>
public class CostEvaluatorTests
{
    private const string Card = """
        { "RateCards": {
          "acme": { "Provider": "acme", "FirstParty": true, "Currency": "USD", "Models": {
            "a-1": { "Versions": [
              { "Until": "2026-03-01", "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "Output": 8 } },
              { "From": "2026-03-01", "PerMillionTokens": { "Input": 4, "CacheRead": 1, "Output": 16 } } ] },
            "free-1": { "PerMillionTokens": { "Input": 0, "Output": 0 } } } },
          "euro": { "Provider": "euro", "FirstParty": true, "Currency": "EUR", "Models": { "e-1": { "PerMillionTokens": { "Input": 1, "Output": 10 } } } } } }
        """;

    private static readonly CostEstimator Estimator = CreateEstimator(strict: false);

    private static readonly DateTimeOffset February = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    private static CostEstimator CreateEstimator(bool strict)
    {
        LlmCostModelOptions options = new() { Strict = strict };
        options.AddJson(Encoding.UTF8.GetBytes(Card), "acme.json");
        return new(options);
    }

    /// <summary>400 x 2 + 600 x 0.5 + 200 x 8 = 2,700 millionths of a dollar.</summary>
    [Fact]
    public async Task Response_HasItsCost_Tokens_AndCacheHits()
    {
        EvaluationResult result = await new CostEvaluator(Estimator).EvaluateAsync([], Response());

        Assert.Equal(
            [("Cost", 0.0027), ("Model Calls", 1), ("Input Tokens", 1000), ("Output Tokens", 200), ("Cache Hit Rate", 0.6)],
            result.Metrics.Values.Select(metric => (metric.Name, ((NumericMetric)metric).Value!.Value)));
        NumericMetric cost = result.Get<NumericMetric>(CostEvaluator.CostMetricName);
        Assert.Equal(("0.0027 USD", "0.0027", "2026-02-01T00:00:00Z"), (cost.Reason, cost.Metadata!["cost-USD"], cost.Metadata["cost-prices-of"]));
        Assert.Equal("600 of 1000 tokens were read from a cache", result.Get<NumericMetric>(CostEvaluator.CacheHitsMetricName).Reason);
        Assert.Null(cost.Interpretation);
        Assert.False(result.ContainsDiagnostics(diagnostic => diagnostic.Severity != EvaluationDiagnosticSeverity.Informational));
    }

    [Fact]
    public void Names_AreThoseOfTheMetrics() => Assert.Equal(
        ["Cost", "Model Calls", "Input Tokens", "Output Tokens", "Cache Hit Rate"], new CostEvaluator(Estimator).EvaluationMetricNames);

    /// <summary>2,700 millionths against a limit of as many, of one less, and of euros.</summary>
    [Theory]
    [InlineData("0.0027", "USD", EvaluationRating.Good, false, "0.0027 USD is at most 0.0027 USD.")]
    [InlineData("0.002699", "USD", EvaluationRating.Unacceptable, true, "0.0027 USD is more than 0.002699 USD.")]
    [InlineData("1", "EUR", EvaluationRating.Inconclusive, true, "The cost is 0.0027 USD, which cannot be compared with 1 EUR.")]
    public async Task Limit_Judges(string most, string currency, EvaluationRating rating, bool failed, string reason)
    {
        CostEvaluatorOptions options = new() { MaximumCost = new(decimal.Parse(most, CultureInfo.InvariantCulture), currency) };

        EvaluationMetricInterpretation found = (await Cost(Response(), options)).Interpretation!;

        Assert.Equal((rating, failed, reason), (found.Rating, found.Failed, found.Reason));
    }

    [Fact]
    public async Task UnknownPrice_HasNoValue_AndDoesNotPass()
    {
        NumericMetric cost = await Cost(Response("nobody-1"), new() { MaximumCost = new(1, "USD") });

        Assert.Equal((null, "not known", true, EvaluationRating.Inconclusive), (cost.Value, cost.Reason, cost.Interpretation!.Failed, cost.Interpretation.Rating));
        EvaluationDiagnostic diagnostic = Assert.Single(cost.Diagnostics!);
        Assert.Equal(EvaluationDiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.StartsWith("No price for model 'nobody-1'", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FreeModel_Costs0()
    {
        ChatResponse response = Response("free-1");
        response.Usage = new() { InputTokenCount = 5, OutputTokenCount = 1, TotalTokenCount = 6 };

        Assert.Equal((0d, "0 USD"), ((await Cost(response)).Value, (await Cost(response)).Reason));
    }

    /// <summary>A response without usage: nothing is known of it but that it was a call.</summary>
    [Fact]
    public async Task UnknownUsage_HasNoValues()
    {
        EvaluationResult result = await new CostEvaluator(Estimator).EvaluateAsync([], new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi.")) { ModelId = "a-1", CreatedAt = February });

        Assert.Equal([null, 1, null, null, null], result.Metrics.Values.Select(metric => ((NumericMetric)metric).Value));
        Assert.All(
            result.Metrics.Values.Where(metric => metric.Name != CostEvaluator.CallsMetricName),
            metric => Assert.Contains("The response states no usage", Assert.Single(metric.Diagnostics!).Message, StringComparison.Ordinal));
    }

    /// <summary>A tool loop's response has the sum of its calls, which may have other prices together than each by itself.</summary>
    [Fact]
    public async Task SumOfAToolLoop_IsNotPriced()
    {
        ChatResponse response = Response();
        response.Messages.Insert(0, new(ChatRole.Tool, "42"));

        NumericMetric cost = await Cost(response);

        Assert.Null(cost.Value);
        Assert.Contains("a sum over the calls of a tool loop", cost.Diagnostics![0].Message, StringComparison.Ordinal);
    }

    /// <summary>A tracked response has the costs of its calls; the prices of now are twice those of February: 5,400 millionths.</summary>
    [Fact]
    public async Task TrackedResponse_HasTheCostsOfItsCalls()
    {
        using Answering model = new(Response());
        using IChatClient client = new ChatClientBuilder(model).UseCostTracking(Estimator).Build();

        ChatResponse response = await client.GetResponseAsync("Hi?");

        Assert.Equal(0.0054, (await Cost(response)).Value);
        Assert.Equal(5400, (int)(response.GetCost()!.Total!.Value.Amount * 1_000_000));
    }

    /// <summary>A replayed response was read back from text: nothing of the tracked call is in it, and it has the prices of its
    /// time.</summary>
    [Fact]
    public async Task ReplayedResponse_IsPricedAsTheCallThatItWas()
    {
        ChatResponse replayed = JsonSerializer.Deserialize<ChatResponse>(
            JsonSerializer.Serialize(Response(), AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

        Assert.Equal(0.0027, (await Cost(replayed)).Value);
    }

    /// <summary>Two turns of a conversation, 2,700 millionths each, and one in euros: a sum for each currency, and no number.</summary>
    [Fact]
    public async Task GivenCalls_AreAddedUp()
    {
        CallCost call = Call("a-1"), other = Call("e-1");
        CostEvaluatorContext two = new([call, call]), mixed = new([call, other]);
        CostEvaluator evaluator = new(Estimator);

        EvaluationResult sum = await evaluator.EvaluateAsync([], Response(), additionalContext: [two]);
        NumericMetric apart = (await evaluator.EvaluateAsync([], Response(), additionalContext: [mixed])).Get<NumericMetric>(CostEvaluator.CostMetricName);

        NumericMetric cost = sum.Get<NumericMetric>(CostEvaluator.CostMetricName);
        Assert.Equal((0.0054, "0.0054 USD", 2d, 2000d), (cost.Value, cost.Reason, sum.Get<NumericMetric>(CostEvaluator.CallsMetricName).Value, sum.Get<NumericMetric>(CostEvaluator.InputTokensMetricName).Value));
        Assert.Same(two, cost.Context![two.Name]);
        Assert.Equal((null, "0.0027 USD + 0.003 EUR"), (apart.Value, apart.Reason)); // 1,000 x 1 + 200 x 10
        Assert.Contains("several currencies", apart.Diagnostics![^1].Message, StringComparison.Ordinal);
        Assert.Equal($"{call}\n{call}", ((TextContent)two.Contents.Single()).Text);
    }

    [Fact]
    public async Task NoInput_HasNoHitRate()
    {
        CostEvaluatorContext none = new([]);

        EvaluationResult result = await new CostEvaluator(Estimator).EvaluateAsync([], Response(), additionalContext: [none]);

        Assert.Equal([null, 0, 0, 0, null], result.Metrics.Values.Select(metric => ((NumericMetric)metric).Value));
    }

    /// <summary>A strict estimator throws: an evaluation goes on, and says why there is no number.</summary>
    [Fact]
    public async Task StrictEstimator_BecomesADiagnostic()
    {
        EvaluationResult result = await new CostEvaluator(CreateEstimator(strict: true)).EvaluateAsync([], Response("nobody-1"));

        Assert.All(result.Metrics.Values, metric => Assert.Null(((NumericMetric)metric).Value));
        Assert.StartsWith("No price for model 'nobody-1'", result.Metrics["Cost"].Diagnostics![0].Message, StringComparison.Ordinal);
    }

    /// <summary>Beside another evaluator, as reports have it.</summary>
    [Fact]
    public async Task Composite_HasBoth()
    {
        EvaluationResult result = await new CompositeEvaluator(new Quality(), new CostEvaluator(Estimator)).EvaluateAsync([], Response());

        Assert.Equal(["Cache Hit Rate", "Cost", "Input Tokens", "Model Calls", "Output Tokens", "Quality"], result.Metrics.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Texts_DoNotFollowTheCulture()
    {
        CultureInfo here = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("0.0027 USD", (await Cost(Response())).Reason);
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    /// <summary>What the response does not say is said by the options: its price in April is twice that of February.</summary>
    [Fact]
    public async Task Context_SaysTheInstant_WhereTheResponseDoesNot()
    {
        ChatResponse response = Response();
        response.CreatedAt = null;

        Assert.Equal(0.0027, (await Cost(response, new() { Context = new() { At = February } })).Value);
        Assert.Equal(0.0054, (await Cost(response, new() { Context = new() { At = February.AddMonths(2) } })).Value);
    }

    [Fact]
    public async Task Arguments_AreChecked()
    {
        Assert.Throws<ArgumentNullException>(() => new CostEvaluator(null!));
        Assert.Throws<ArgumentNullException>(() => new CostEvaluatorContext(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await new CostEvaluator(Estimator).EvaluateAsync([], null!));
    }

    private static async Task<NumericMetric> Cost(ChatResponse response, CostEvaluatorOptions? options = null) =>
        (await new CostEvaluator(Estimator, options).EvaluateAsync([], response)).Get<NumericMetric>(CostEvaluator.CostMetricName);

    private static ChatResponse Response(string model = "a-1") => new(new ChatMessage(ChatRole.Assistant, "Hi."))
    {
        ModelId = model,
        CreatedAt = February,
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 1000, CachedInputTokenCount = 600, OutputTokenCount = 200, TotalTokenCount = 1200 },
    };

    private static CallCost Call(string model) => new()
    {
        Operation = "chat",
        Priced = Estimator.Price(ModelCall.FromUsage(model, model == "e-1" ? new() { Input = 1000, Output = 200 } : new() { Input = 400, CacheRead = 600, Output = 200 }) with { At = February }),
    };

    private sealed class Answering(ChatResponse answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(answer);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Quality : IEvaluator
    {
        public IReadOnlyCollection<string> EvaluationMetricNames => ["Quality"];

        public ValueTask<EvaluationResult> EvaluateAsync(
            IEnumerable<ChatMessage> messages, ChatResponse modelResponse, ChatConfiguration? chatConfiguration = null,
            IEnumerable<EvaluationContext>? additionalContext = null, CancellationToken cancellationToken = default) => new(new EvaluationResult(new NumericMetric("Quality", 5)));
    }
}
