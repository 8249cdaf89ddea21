using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What would be different: a change of a plan, by name. What it does not say stays as it is.</summary>
[JsonConverter(typeof(JsonValueConverter<ForecastScenario>))]
public sealed record ForecastScenario : IJsonValue<ForecastScenario>
{
    /// <summary>Gets the name, such as <c>prices fall by a fifth</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the name of the line that changes.</summary>
    /// <value>Default <see langword="null"/>: all do.</value>
    public string? Line { get; init; }

    /// <summary>Gets the model that is used instead.</summary>
    public string? Model { get; init; }

    /// <summary>Gets who bills it.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the service tier that is used instead.</summary>
    public string? Tier { get; init; }

    /// <summary>Gets the share of the requests that goes to the batch tier instead, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double? BatchShare
    {
        get;
        init => field = value is null or (>= 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BatchShare), value, "A share is from 0 to 1: 0.6 is 60%.");
    }

    /// <summary>Gets by what the prices are multiplied, 0 or more: 0.8 after a cut of 20%.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal PriceFactor { get; init => field = value >= 0 ? value : throw Negative(nameof(PriceFactor), value); } = 1;

    /// <summary>Gets by what the requests are multiplied, 0 or more.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double RequestsFactor { get; init => field = Factor(value, nameof(RequestsFactor)); } = 1;

    /// <summary>Gets by what the prompts are multiplied, 0 or more.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double PromptFactor { get; init => field = Factor(value, nameof(PromptFactor)); } = 1;

    /// <summary>Gets by what the outputs without reasoning are multiplied, 0 or more.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double OutputFactor { get; init => field = Factor(value, nameof(OutputFactor)); } = 1;

    /// <summary>Gets by what the reasoning is multiplied, 0 or more.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double ReasoningFactor { get; init => field = Factor(value, nameof(ReasoningFactor)); } = 1;

    /// <summary>Gets the hit rate of another cache policy.</summary>
    public Uncertain? HitRate { get; init; }

    /// <summary>Gets the bucket of another cache policy's writes; it counts where <see cref="HitRate"/> is given, and there
    /// <see langword="null"/> means that what is not read is plain input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bucket is not a cache write.</exception>
    public TokenBucket? WriteBucket
    {
        get;
        init => field = WriteBuckets.Require(value, nameof(WriteBucket));
    }

    /// <summary>Gets another growth a month.</summary>
    public Uncertain? Growth { get; init; }

    /// <summary>Changes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The plan with the change.</returns>
    /// <exception cref="ArgumentException">The plan has no line of the name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">What comes out cannot be.</exception>
    public ForecastPlan Apply(ForecastPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (Line is not null && plan.Lines.All(line => line.Label != Line))
        {
            throw new ArgumentException(
                $"The plan has no line '{Line}'. It has {string.Join(", ", plan.Lines.Select(line => line.Label))}.", nameof(plan));
        }

        return plan with { Lines = [.. plan.Lines.SelectMany(line => Line is null || line.Label == Line ? Changed(line) : [line])] };
    }

    private IEnumerable<ForecastLine> Changed(ForecastLine line)
    {
        ForecastLine changed = line with
        {
            // A line without a name is called after its model, and stays that line.
            Name = line.Name ?? (Model is null ? null : Line),
            Model = Model ?? line.Model,
            Context = line.Context with
            {
                Provider = Provider ?? (Model is null ? line.Context.Provider : null),
                Tier = Tier ?? line.Context.Tier,
            },
            PriceFactor = line.PriceFactor * PriceFactor,
            Requests = line.Requests.Times(RequestsFactor),
            PromptTokens = line.PromptTokens.Times(PromptFactor),
            OutputTokens = line.OutputTokens.Times(OutputFactor),
            ReasoningTokens = line.ReasoningTokens.Times(ReasoningFactor),
            HitRate = HitRate ?? line.HitRate,
            WriteBucket = HitRate is null ? line.WriteBucket : WriteBucket,
            Growth = Growth ?? line.Growth,
        };
        if (BatchShare is not { } share)
        {
            return [changed];
        }

        ForecastLine batch = changed with
        {
            Name = $"{changed.Label}, batch",
            Context = changed.Context with { Tier = "batch" },
            Requests = changed.Requests.Times(share),
        };
        ForecastLine rest = changed with { Requests = changed.Requests.Times(1 - share) };
        return share == 0 ? [rest] : share == 1 ? [batch] : [rest, batch];
    }

    private static double Factor(double value, string name) =>
        double.IsFinite(value) && value >= 0 ? value : throw Negative(name, value);

    private static ArgumentOutOfRangeException Negative(string name, object value) =>
        new(name, value, "A factor is 0 or more: 0.8 is 20% less.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ForecastScenario> Shape = new JsonObject<ForecastScenario>(() => new() { Name = "" })
        .Required("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Optional("line", JsonOf.Text, value => value.Line, (owner, value) => owner with { Line = value })
        .Optional("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Optional("tier", JsonOf.Text, value => value.Tier, (owner, value) => owner with { Tier = value })
        .Maybe("batchShare", JsonOf.Double, value => value.BatchShare, (owner, value) => owner with { BatchShare = value })
        .Optional("priceFactor", JsonOf.Decimal, value => value.PriceFactor, (owner, value) => owner with { PriceFactor = value })
        .Optional("requestsFactor", JsonOf.Double, value => value.RequestsFactor, (owner, value) => owner with { RequestsFactor = value })
        .Optional("promptFactor", JsonOf.Double, value => value.PromptFactor, (owner, value) => owner with { PromptFactor = value })
        .Optional("outputFactor", JsonOf.Double, value => value.OutputFactor, (owner, value) => owner with { OutputFactor = value })
        .Optional("reasoningFactor", JsonOf.Double, value => value.ReasoningFactor, (owner, value) =>
            owner with { ReasoningFactor = value })
        .Optional("hitRate", JsonOf.Value<Uncertain>(), value => value.HitRate, (owner, value) => owner with { HitRate = value })
        .Maybe("writeBucket", JsonOf.Name<TokenBucket>(),
            value => value.WriteBucket, (owner, value) => owner with { WriteBucket = value })
        .Optional("growth", JsonOf.Value<Uncertain>(), value => value.Growth, (owner, value) => owner with { Growth = value });

    static JsonConverter<ForecastScenario> IJsonValue<ForecastScenario>.Json => Shape;
}
