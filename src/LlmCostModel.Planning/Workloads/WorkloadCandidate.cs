using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A place where a workload could run: a model at a provider and tier, with a cache, and how it differs from the place where the
/// workload was measured.</summary>
[JsonConverter(typeof(JsonValueConverter<WorkloadCandidate>))]
public sealed record WorkloadCandidate : IJsonValue<WorkloadCandidate>
{
    /// <summary>Gets the model id.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the name under which results show it.</summary>
    /// <value>Default <see langword="null"/>: the model id.</value>
    public string? Label { get; init; }

    /// <summary>Gets what else decides the price: provider, tier, region, instant. An instant that it states counts for every request,
    /// also for one that has its own.</summary>
    public CallContext Context { get; init; }

    /// <summary>Gets how its cache works; used when the workload has requests.</summary>
    /// <value>Default <see langword="null"/>: no cache, every prompt is plain input. Calls keep their own reads and writes.</value>
    public CachePolicy? Cache { get; init; }

    /// <summary>Gets whether its cache is the one that its model has by default, as <see cref="ModelCache"/> knows it; <see
    /// cref="Cache"/>, where it is given, wins.</summary>
    /// <value>Default <see langword="false"/>. A comparison refuses a model whose cache is not known.</value>
    public bool UsesModelCache { get; init; }

    /// <summary>Gets how many tokens its tokenizer makes of one of the workload's. The same text is up to 1.47 times as many tokens from
    /// one version of a model to the next.</summary>
    /// <value>Default 1. Counts are rounded to whole tokens, half to even, segment by segment.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal TokenRatio { get; init => field = Positive(value, nameof(TokenRatio)); } = 1;

    /// <summary>Gets how many times the workload's reasoning it does, on top of <see cref="TokenRatio"/>.</summary>
    /// <value>Default 1; 0 for a model that does not reason.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal ReasoningRatio
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(ReasoningRatio), value, "A ratio of reasoning is 0 or more.");
    } = 1;

    /// <summary>Gets the share of tasks that it solves, 0 to 1.</summary>
    /// <value>Default <see langword="null"/>: not known; then it has no cost per solved task and no place on the frontier.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public decimal? Quality
    {
        get;
        init =>
            field = value is null or (>= 0 and <= 1)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Quality), value, "A quality is from 0 to 1: 0.875 is 87.5%.");
    }

    private static decimal Positive(decimal value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A ratio of tokens is above 0; 1 is the same.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<WorkloadCandidate> Shape = new JsonObject<WorkloadCandidate>(() => new() { Model = "" })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("label", JsonOf.Text, value => value.Label, (owner, value) => owner with { Label = value })
        .Optional("context", JsonOf.Value<CallContext>(), value => value.Context, (owner, value) => owner with { Context = value })
        .Optional("cache", JsonOf.Value<CachePolicy>(), value => value.Cache, (owner, value) => owner with { Cache = value })
        .Optional("usesModelCache", JsonOf.Flag, value => value.UsesModelCache, (owner, value) => owner with { UsesModelCache = value })
        .Optional("tokenRatio", JsonOf.Decimal, value => value.TokenRatio, (owner, value) => owner with { TokenRatio = value })
        .Optional("reasoningRatio", JsonOf.Decimal,
            value => value.ReasoningRatio, (owner, value) => owner with { ReasoningRatio = value })
        .Maybe("quality", JsonOf.Decimal, value => value.Quality, (owner, value) => owner with { Quality = value });

    static JsonConverter<WorkloadCandidate> IJsonValue<WorkloadCandidate>.Json => Shape;
}
