using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What is expected to happen, month by month: volumes and the <em>means</em> per request, each as exact or uncertain as it is known.</summary>
/// <remarks>Means, because they decide the bill: 100,000 requests of very different lengths add up to within 1%, while nobody knows next year's average to 30%.</remarks>
public sealed record ForecastPlan
{
    /// <summary>Gets the model id.</summary>
    public required string Model { get; init; }

    /// <summary>Gets what else decides the price. Without <see cref="CallContext.At"/>, each month has its own prices, and requests are spread evenly over it; with it, all months have the prices of that instant.</summary>
    public CallContext Context { get; init; }

    /// <summary>Gets the first instant of the first month.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Gets the number of months, 1 to 120.</summary>
    /// <value>Default 12.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Months
    {
        get;
        init => field = value is >= 1 and <= 120 ? value : throw new ArgumentOutOfRangeException(nameof(Months), value, "A forecast is for 1 to 120 months.");
    } = 12;

    /// <summary>Gets the requests of the first month.</summary>
    public required Uncertain Requests { get; init; }

    /// <summary>Gets the prompt tokens of a request, cached or not.</summary>
    public required Uncertain PromptTokens { get; init; }

    /// <summary>Gets the output tokens of a request, without reasoning.</summary>
    /// <value>Default 0.</value>
    public Uncertain OutputTokens { get; init; } = 0;

    /// <summary>Gets the reasoning tokens of a request.</summary>
    /// <value>Default 0. Estimates that leave them out have been wrong by 16 times.</value>
    public Uncertain ReasoningTokens { get; init; } = 0;

    /// <summary>Gets the share of the prompt tokens that is read from a cache; samples are cut to 0 to 1.</summary>
    /// <value>Default 0.</value>
    public Uncertain HitRate { get; init; } = 0;

    /// <summary>Gets the bucket of prompt tokens that are not read from a cache, where every one of them is written to it.</summary>
    /// <value>Default <see langword="null"/>: they are plain input.</value>
    public TokenBucket? WriteBucket
    {
        get;
        init => field = WriteBuckets.Require(value, nameof(WriteBucket));
    }

    /// <summary>Gets the share of requests that is sent, and paid, a second time.</summary>
    /// <value>Default 0.</value>
    public Uncertain RetryRate { get; init; } = 0;

    /// <summary>Gets by which share the requests grow from month to month: 0.05 is 5%.</summary>
    /// <value>Default 0.</value>
    public Uncertain Growth { get; init; } = 0;

    /// <summary>Gets the amount that the whole period should not exceed, in the currency of the prices.</summary>
    /// <value>Default <see langword="null"/>: no budget.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Budget
    {
        get;
        init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Budget), value, "A budget is 0 or more. Use null for none.");
    }

    /// <summary>Gets the number of scenarios, 100 to 10,000,000; a plan that is wholly exact has one.</summary>
    /// <value>Default 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Samples
    {
        get;
        init => field = value is >= 100 and <= 10_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, "A forecast draws 100 to 10,000,000 scenarios.");
    } = 10_000;

    /// <summary>Gets the seed: the same plan and seed give the same forecast.</summary>
    /// <value>Default 0.</value>
    public int Seed { get; init; }

    /// <summary>The inputs by name, in the order in which a forecast lists them.</summary>
    internal ImmutableArray<(string Name, Uncertain Value)> Inputs =>
    [
        ("requests", Requests), ("promptTokens", PromptTokens), ("outputTokens", OutputTokens), ("reasoningTokens", ReasoningTokens),
        ("hitRate", HitRate), ("retryRate", RetryRate), ("growth", Growth),
    ];
}
