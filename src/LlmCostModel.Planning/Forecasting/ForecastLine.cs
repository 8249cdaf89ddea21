using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>The traffic of one model in a plan: how many requests a month, and the <em>means</em> per request, each as exact or uncertain
/// as
/// it is known.</summary>
/// <remarks>Means, because they decide the bill: 100,000 requests of very different lengths add up to within 1%, while nobody knows next
/// year's average to 30%. What single requests add is in <see cref="PromptVariation"/> and <see cref="OutputVariation"/>.</remarks>
[JsonConverter(typeof(JsonValueConverter<ForecastLine>))]
public sealed record ForecastLine : IJsonValue<ForecastLine>
{
    private const string CountRule = "A number of requests, tokens or units is 0 or more.";
    private const string ShareRule = "A share is from 0 to 1: 0.6 is 60%.";

    private static readonly ImmutableSortedDictionary<TokenBucket, Uncertain> NoTokens =
        ImmutableSortedDictionary<TokenBucket, Uncertain>.Empty;
    private static readonly ImmutableSortedDictionary<string, Uncertain> NoMeters =
        ImmutableSortedDictionary.Create<string, Uncertain>(StringComparer.Ordinal);

    private readonly EquatableMap<TokenBucket, Uncertain> _otherTokens;
    private readonly EquatableMap<string, Uncertain> _meters;
    private readonly EquatableArray<double> _lengths;

    /// <summary>Gets what tells the line from others, such as <c>chat</c>.</summary>
    /// <value>Default <see langword="null"/>: the model.</value>
    public string? Name { get; init; }

    /// <summary>Gets the model id.</summary>
    public required string Model { get; init; }

    /// <summary>Gets what else decides the price. Without <see cref="CallContext.At"/>, each month has its own prices, weighed by when the
    /// requests come (<see cref="Profile"/>); with it, all months have the prices of that instant.</summary>
    public CallContext Context { get; init; }

    /// <summary>Gets by what the prices are multiplied: 0.8 after a cut of 20%.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal PriceFactor
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PriceFactor), value, "Prices are multiplied by 0 or more: 0.8 is 20% less.");
    } = 1;

    /// <summary>Gets the requests of the first month. Later months have as many a day, before growth.</summary>
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
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1; of a distribution, the middle nine tenths.</exception>
    public Uncertain HitRate { get; init => field = Between(value, 0, 1, nameof(HitRate), ShareRule); } = 0;

    /// <summary>Gets the bucket of prompt tokens that are not read from a cache, where every one of them is written to it.</summary>
    /// <value>Default <see langword="null"/>: they are plain input.</value>
    public TokenBucket? WriteBucket
    {
        get;
        init => field = WriteBuckets.Require(value, nameof(WriteBucket));
    }

    /// <summary>Gets tokens per request beside those above, by bucket: audio, images, writes of another time to live.</summary>
    /// <value>Default empty.</value>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public ImmutableSortedDictionary<TokenBucket, Uncertain> OtherTokens
    {
        get => _otherTokens.Or(NoTokens);
        init => _otherTokens = Counts(value ?? NoTokens, nameof(OtherTokens));
    }

    /// <summary>Gets what a request consumes besides tokens, by meter, such as <c>webSearch</c>: a mean, so 0.2 is one in five.</summary>
    /// <value>Default empty.</value>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public ImmutableSortedDictionary<string, Uncertain> Meters
    {
        get => _meters.Or(NoMeters);
        init => _meters = Counts(value ?? NoMeters, nameof(Meters));
    }

    /// <summary>Gets the share of requests that is sent, and paid, a second time.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1; of a distribution, the middle nine tenths.</exception>
    public Uncertain RetryRate { get; init => field = Between(value, 0, 1, nameof(RetryRate), ShareRule); } = 0;

    /// <summary>Gets by which share the requests grow from month to month: 0.05 is 5%.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not from -1 to 1; of a distribution, the middle nine tenths.</exception>
    public Uncertain Growth
    {
        get;
        init => field = Between(
            value, -1, 1, nameof(Growth), "Growth a month is a share from -1 to 1: 0.05 is 5% more, 1 twice as many, -1 leaves nothing.");
    } = 0;

    /// <summary>Gets the instant at which there are <see cref="Requests"/> a month, from which on they grow day by day.</summary>
    /// <value>Default <see langword="null"/>: the first month has them, and they grow from month to month.</value>
    public DateTimeOffset? GrowthFrom { get; init; }

    /// <summary>Gets the instant from which on the prices of the moment before it hold, because none are known or those that are announced
    /// should not count.</summary>
    /// <value>Default <see langword="null"/>: every time has its own prices, and one without a price is an error. Plays no part where
    /// the context has an instant.</value>
    public DateTimeOffset? PricesUntil { get; init; }

    /// <summary>Gets by how much the growth of single months departs from <see cref="Growth"/>: a standard deviation of the same unit, 0 to
    /// 1. It adds up from month to month.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double GrowthNoise { get; init => field = Deviation(value, 1, nameof(GrowthNoise)); }

    /// <summary>Gets by which share the requests of single months depart from what is expected of them: a standard deviation over the mean,
    /// 0 to 10. It does not add up.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double Noise { get; init => field = Deviation(value, 10, nameof(Noise)); }

    /// <summary>Gets the bursts.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public TrafficBursts? Bursts { get; init; }

    /// <summary>Gets how different the prompts of single requests are: a standard deviation over the mean, 0 to 100, of a lognormal
    /// distribution. It decides how many are beyond a threshold of the prices, and what chance adds where requests are few.</summary>
    /// <value>Default <see langword="null"/>: not known; then all have the mean length, and chance is left out.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double? PromptVariation
    {
        get;
        init => field = value is { } given ? Deviation(given, 100, nameof(PromptVariation)) : null;
    }

    /// <summary>Gets how different the outputs of single requests are, reasoning included, as <see cref="PromptVariation"/> does.</summary>
    /// <value>Default <see langword="null"/>: not known.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double? OutputVariation
    {
        get;
        init => field = value is { } given ? Deviation(given, 100, nameof(OutputVariation)) : null;
    }

    /// <summary>Gets lengths of prompts as observed, in any unit, each as likely as any other: their proportions take the place of the
    /// lognormal distribution of <see cref="PromptVariation"/>.</summary>
    /// <value>Default empty.</value>
    /// <exception cref="ArgumentException">A length is negative or not finite, or all are 0.</exception>
    public ImmutableArray<double> PromptLengths
    {
        get => _lengths;
        init => _lengths = value.IsDefaultOrEmpty || (value.All(length => double.IsFinite(length) && length >= 0) && value.Max() > 0)
            ? value
            : throw new ArgumentException("Lengths are 0 or more, and not all 0.", nameof(PromptLengths));
    }

    /// <summary>Gets when the requests come.</summary>
    /// <value>Default <see langword="null"/>: evenly, at every hour.</value>
    public TrafficProfile? Profile { get; init; }

    /// <summary>What people call the line.</summary>
    internal string Label => Name ?? Model;

    /// <summary>The inputs by name, in the order in which a forecast lists them.</summary>
    internal ImmutableArray<(string Name, Uncertain Value)> Inputs =>
    [
        ("requests", Requests), ("promptTokens", PromptTokens), ("outputTokens", OutputTokens), ("reasoningTokens", ReasoningTokens),
        ("hitRate", HitRate), ("retryRate", RetryRate), ("growth", Growth),
        .. OtherTokens.Select(other => (TokenBuckets.Get(other.Key).JsonName, other.Value)),
        .. Meters.Select(meter => (meter.Key, meter.Value)),
    ];

    private static double Deviation(double value, double most, string name) => value >= 0 && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, FormattableString.Invariant($"A deviation is from 0 to {most}, as a share: 0.3 is 30%."));

    private static Uncertain Count(Uncertain value, string name) => Between(value, 0, double.MaxValue, name, CountRule);

    private static ImmutableSortedDictionary<TKey, Uncertain> Counts<TKey>(ImmutableSortedDictionary<TKey, Uncertain> values, string name)
        where TKey : notnull
    {
        foreach (Uncertain value in values.Values)
        {
            Count(value, name);
        }

        return values;
    }

    /// <summary>Judges an exact number, or the middle nine tenths of a distribution: the tails are cut.</summary>
    private static Uncertain Between(Uncertain value, double least, double most, string name, string rule)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        double low = value.Exact ?? value.GetQuantile(0.05);
        double high = value.Exact ?? value.GetQuantile(0.95);
        return low >= least && high <= most ? value : throw new ArgumentOutOfRangeException(name, value.Description, rule);
    }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ForecastLine> Shape = new JsonObject<ForecastLine>(
        () => new() { Model = "", Requests = 0, PromptTokens = 0 })
        .Optional("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("context", JsonOf.Value<CallContext>(), value => value.Context, (owner, value) => owner with { Context = value })
        .Optional("priceFactor", JsonOf.Decimal, value => value.PriceFactor, (owner, value) => owner with { PriceFactor = value })
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
        .Optional("otherTokens", Entries, Named,
            (owner, list) => owner with { OtherTokens = list.ToImmutableSortedDictionary(item => BucketOf(item.Key), item => item.Value) })
        .Optional("meters", Entries, value => [.. value.Meters],
            (owner, list) => owner with { Meters = list.ToImmutableSortedDictionary(StringComparer.Ordinal) })
        .Optional("retryRate", JsonOf.Value<Uncertain>(), value => value.RetryRate, (owner, value) => owner with { RetryRate = value })
        .Optional("growth", JsonOf.Value<Uncertain>(), value => value.Growth, (owner, value) => owner with { Growth = value })
        .Maybe("growthFrom", JsonOf.Instant, value => value.GrowthFrom, (owner, value) => owner with { GrowthFrom = value })
        .Maybe("pricesUntil", JsonOf.Instant, value => value.PricesUntil, (owner, value) => owner with { PricesUntil = value })
        .Optional("growthNoise", JsonOf.Double, value => value.GrowthNoise, (owner, value) => owner with { GrowthNoise = value })
        .Optional("noise", JsonOf.Double, value => value.Noise, (owner, value) => owner with { Noise = value })
        .Optional("bursts", JsonOf.Value<TrafficBursts>(), value => value.Bursts, (owner, value) => owner with { Bursts = value })
        .Maybe("promptVariation", JsonOf.Double, value => value.PromptVariation, (owner, value) => owner with { PromptVariation = value })
        .Maybe("outputVariation", JsonOf.Double, value => value.OutputVariation, (owner, value) => owner with { OutputVariation = value })
        .Optional("promptLengths", JsonOf.Array(JsonOf.Double),
            value => value.PromptLengths, (owner, value) => owner with { PromptLengths = value })
        .Optional("profile", JsonOf.Value<TrafficProfile>(), value => value.Profile, (owner, value) => owner with { Profile = value });

    private static JsonConverter<IReadOnlyList<KeyValuePair<string, Uncertain>>> Entries => JsonOf.Entries(JsonOf.Value<Uncertain>());

    private static IReadOnlyList<KeyValuePair<string, Uncertain>> Named(ForecastLine line) =>
        [.. line.OtherTokens.Select(item => KeyValuePair.Create(TokenBuckets.Get(item.Key).JsonName, item.Value))];

    private static TokenBucket BucketOf(string name) => TokenBuckets.All.FirstOrDefault(row => row.JsonName == name)?.Bucket
        ?? throw new FormatException($"'{name}' is not a kind of tokens.");

    static JsonConverter<ForecastLine> IJsonValue<ForecastLine>.Json => Shape;
}
