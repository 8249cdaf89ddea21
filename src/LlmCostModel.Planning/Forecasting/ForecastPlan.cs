using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What is expected to happen, month by month: volumes and the <em>means</em> per request, each as exact or uncertain as it is
/// known.</summary>
/// <remarks>Means, because they decide the bill: 100,000 requests of very different lengths add up to within 1%, while nobody knows next
/// year's average to 30%.</remarks>
[JsonConverter(typeof(JsonValueConverter<ForecastPlan>))]
public sealed record ForecastPlan : IJsonValue<ForecastPlan>
{
    /// <summary>Gets the model id.</summary>
    public required string Model { get; init; }

    /// <summary>Gets what else decides the price. Without <see cref="CallContext.At"/>, each month has its own prices, and requests are
    /// spread evenly over it; with it, all months have the prices of that instant.</summary>
    public CallContext Context { get; init; }

    /// <summary>Gets the first instant of the first month.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Gets the number of months, 1 to 120.</summary>
    /// <value>Default 12.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Months
    {
        get;
        init =>
            field = value is >= 1 and <= 120
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Months), value, "A forecast is for 1 to 120 months.");
    } = 12;

    /// <summary>Gets the requests of the first month.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than 0.</exception>
    public required Uncertain Requests { get; init => field = Count(value, nameof(Requests)); }

    /// <summary>Gets the prompt tokens of a request, cached or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than 0.</exception>
    public required Uncertain PromptTokens { get; init => field = Count(value, nameof(PromptTokens)); }

    /// <summary>Gets the output tokens of a request, without reasoning.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than 0.</exception>
    public Uncertain OutputTokens { get; init => field = Count(value, nameof(OutputTokens)); } = 0;

    /// <summary>Gets the reasoning tokens of a request.</summary>
    /// <value>Default 0. Estimates that leave them out have been wrong by 16 times.</value>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than 0.</exception>
    public Uncertain ReasoningTokens { get; init => field = Count(value, nameof(ReasoningTokens)); } = 0;

    /// <summary>Gets the share of the prompt tokens that is read from a cache; samples are cut to 0 to 1.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1; of a distribution, its median.</exception>
    public Uncertain HitRate { get; init => field = Share(value, nameof(HitRate)); } = 0;

    /// <summary>Gets the bucket of prompt tokens that are not read from a cache, where every one of them is written to it.</summary>
    /// <value>Default <see langword="null"/>: they are plain input.</value>
    public TokenBucket? WriteBucket
    {
        get;
        init => field = WriteBuckets.Require(value, nameof(WriteBucket));
    }

    /// <summary>Gets the share of requests that is sent, and paid, a second time.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1; of a distribution, its median.</exception>
    public Uncertain RetryRate { get; init => field = Share(value, nameof(RetryRate)); } = 0;

    /// <summary>Gets by which share the requests grow from month to month: 0.05 is 5%.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is below -1; of a distribution, its median. Fewer than no requests there are
    /// not.</exception>
    public Uncertain Growth
    {
        get;
        init => field = Between(value, -1, double.MaxValue, nameof(Growth), "Growth is -1 or more: -1 leaves nothing, 0.05 is 5% more.");
    } = 0;

    /// <summary>Gets the amount that the whole period should not exceed, in the currency of the prices.</summary>
    /// <value>Default <see langword="null"/>: no budget.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Budget
    {
        get;
        init =>
            field = value is null or >= 0
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Budget), value, "A budget is 0 or more. Use null for none.");
    }

    /// <summary>Gets the number of scenarios, 100 to 10,000,000; a plan that is wholly exact has one.</summary>
    /// <value>Default 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Samples
    {
        get;
        init =>
            field = value is >= 100 and <= 10_000_000
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Samples), value, "A forecast draws 100 to 10,000,000 scenarios.");
    } = 10_000;

    /// <summary>Gets the seed: the same plan and seed give the same forecast.</summary>
    /// <value>Default 0.</value>
    public int Seed { get; init; }

    private static Uncertain Count(Uncertain value, string name) =>
        Between(value, 0, double.MaxValue, name, "A number of requests or tokens is 0 or more.");

    private static Uncertain Share(Uncertain value, string name) => Between(value, 0, 1, name, "A share is from 0 to 1: 0.6 is 60%.");

    /// <summary>Judges an exact number, or the middle of a distribution: its tails are cut.</summary>
    private static Uncertain Between(Uncertain value, double least, double most, string name, string rule)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        double middle = value.Exact ?? value.GetQuantile(0.5);
        return middle >= least && middle <= most ? value : throw new ArgumentOutOfRangeException(name, value.Description, rule);
    }

    /// <summary>The inputs by name, in the order in which a forecast lists them.</summary>
    internal ImmutableArray<(string Name, Uncertain Value)> Inputs =>
    [
        ("requests", Requests), ("promptTokens", PromptTokens), ("outputTokens", OutputTokens), ("reasoningTokens", ReasoningTokens),
        ("hitRate", HitRate), ("retryRate", RetryRate), ("growth", Growth),
    ];

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ForecastPlan> Shape = new JsonObject<ForecastPlan>(
        () => new() { Model = "", Start = default, Requests = 0, PromptTokens = 0 })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("context", JsonOf.Value<CallContext>(), value => value.Context, (owner, value) => owner with { Context = value })
        .Required("start", JsonOf.Instant, value => value.Start, (owner, value) => owner with { Start = value })
        .Optional("months", JsonOf.Int32, value => value.Months, (owner, value) => owner with { Months = value })
        .Required("requests", JsonOf.Value<Uncertain>(), value => value.Requests, (owner, value) => owner with { Requests = value })
        .Required("promptTokens", JsonOf.Value<Uncertain>(),
            value => value.PromptTokens, (owner, value) => owner with { PromptTokens = value })
        .Optional("outputTokens", JsonOf.Value<Uncertain>(),
            value => value.OutputTokens, (owner, value) => owner with { OutputTokens = value })
        .Optional("reasoningTokens", JsonOf.Value<Uncertain>(),
            value => value.ReasoningTokens, (owner, value) => owner with { ReasoningTokens = value })
        .Optional("hitRate", JsonOf.Value<Uncertain>(), value => value.HitRate, (owner, value) => owner with { HitRate = value })
        .Maybe("writeBucket", JsonOf.Name<TokenBucket>(),
            value => value.WriteBucket, (owner, value) => owner with { WriteBucket = value })
        .Optional("retryRate", JsonOf.Value<Uncertain>(), value => value.RetryRate, (owner, value) => owner with { RetryRate = value })
        .Optional("growth", JsonOf.Value<Uncertain>(), value => value.Growth, (owner, value) => owner with { Growth = value })
        .Maybe("budget", JsonOf.Decimal, value => value.Budget, (owner, value) => owner with { Budget = value })
        .Optional("samples", JsonOf.Int32, value => value.Samples, (owner, value) => owner with { Samples = value })
        .Optional("seed", JsonOf.Int32, value => value.Seed, (owner, value) => owner with { Seed = value });

    static JsonConverter<ForecastPlan> IJsonValue<ForecastPlan>.Json => Shape;
}
