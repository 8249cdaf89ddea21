using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A measured throughput: of which machine, model and requests, by whom.</summary>
/// <remarks>Either prefill and decode apart, or one number of all tokens. It holds for requests like those measured, and for no
/// other.</remarks>
[JsonConverter(typeof(JsonValueConverter<ThroughputRow>))]
public sealed record ThroughputRow : IJsonValue<ThroughputRow>
{
    /// <summary>Gets its name, such as <c>deepseek-day</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the accelerators of a node, such as <c>H800</c>.</summary>
    public required string Hardware { get; init; }

    /// <summary>Gets how many accelerators a node has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required int Accelerators
    {
        get;
        init =>
            field =
                value > 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(Accelerators), value, "A node has at least 1 accelerator.");
    }

    /// <summary>Gets the model that was served.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the precision it was served in, such as <c>FP8</c>; <see langword="null"/> when it is not stated.</summary>
    public string? Precision { get; init; }

    /// <summary>Gets the tokens of a prompt; <see langword="null"/> when they are not stated, or mixed.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Gets the tokens of an answer; <see langword="null"/> when they are not stated, or mixed.</summary>
    public long? AnswerTokens { get; init; }

    /// <summary>Gets the input tokens a second of a node that does nothing else; <see langword="null"/> where only a total is
    /// known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? InputTokensPerSecond { get; init => field = Positive(value, nameof(InputTokensPerSecond)); }

    /// <summary>Gets the input tokens a second from the cache; <see langword="null"/> when they were not measured apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? CachedTokensPerSecond { get; init => field = Positive(value, nameof(CachedTokensPerSecond)); }

    /// <summary>Gets the output tokens a second of a node that does nothing else; <see langword="null"/> where only a total is
    /// known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? OutputTokensPerSecond { get; init => field = Positive(value, nameof(OutputTokensPerSecond)); }

    /// <summary>Gets the tokens a second of a node, input and output together.</summary>
    /// <value><see langword="null"/> where they were measured apart.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? TotalTokensPerSecond { get; init => field = Positive(value, nameof(TotalTokensPerSecond)); }

    /// <summary>Gets whether input found in a cache is among the input that was counted; <see langword="null"/> when it is not
    /// stated.</summary>
    public bool? IncludesHits { get; init; }

    /// <summary>Gets where it is published.</summary>
    public string? Source { get; init; }

    /// <summary>Gets when it was published or measured.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets what must be known to use it.</summary>
    public string? Note { get; init; }

    /// <summary>Makes a machine of this throughput.</summary>
    /// <param name="hourlyPerAccelerator">What an hour of one accelerator costs.</param>
    /// <param name="utilization">The share of the time it is busy, above 0 to 1.</param>
    /// <param name="currency">The ISO 4217 code of the currency of the cost.</param>
    /// <returns>The machine.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The row has neither a total nor input and output.</exception>
    public ServingNode CreateNode(decimal hourlyPerAccelerator, decimal utilization, string currency = CurrencyName.Default)
    {
        decimal hourly = hourlyPerAccelerator * Accelerators;
        return (TotalTokensPerSecond, InputTokensPerSecond, OutputTokensPerSecond) switch
        {
            (_, { } input, { } output) => new()
            {
                HourlyCost = hourly,
                Currency = currency,
                InputTokensPerSecond = input,
                CachedTokensPerSecond = CachedTokensPerSecond,
                OutputTokensPerSecond = output,
                Utilization = utilization,
            },
            ({ } total, _, _) => ServingNode.FromTotal(hourly, total, utilization) with { Currency = currency },
            _ => throw new InvalidOperationException(
                $"The throughput '{Name}' has neither a total nor input and output tokens a second. Add them."),
        };
    }

    private static decimal? Positive(decimal? value, string name) =>
        value is null or > 0 ? value
            : throw new ArgumentOutOfRangeException(name, value, "A throughput must be above 0 tokens a second.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ThroughputRow> Shape = new JsonObject<ThroughputRow>(
        () => new() { Name = "", Hardware = "", Accelerators = 1, Model = "" })
        .Required("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Required("hardware", JsonOf.Text, value => value.Hardware, (owner, value) => owner with { Hardware = value })
        .Required("accelerators", JsonOf.Int32, value => value.Accelerators, (owner, value) => owner with { Accelerators = value })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("precision", JsonOf.Text, value => value.Precision, (owner, value) => owner with { Precision = value })
        .Maybe("promptTokens", JsonOf.Int64, value => value.PromptTokens, (owner, value) => owner with { PromptTokens = value })
        .Maybe("answerTokens", JsonOf.Int64, value => value.AnswerTokens, (owner, value) => owner with { AnswerTokens = value })
        .Maybe("inputTokensPerSecond", JsonOf.Decimal,
            value => value.InputTokensPerSecond, (owner, value) => owner with { InputTokensPerSecond = value })
        .Maybe("cachedTokensPerSecond", JsonOf.Decimal,
            value => value.CachedTokensPerSecond, (owner, value) => owner with { CachedTokensPerSecond = value })
        .Maybe("outputTokensPerSecond", JsonOf.Decimal,
            value => value.OutputTokensPerSecond, (owner, value) => owner with { OutputTokensPerSecond = value })
        .Maybe("totalTokensPerSecond", JsonOf.Decimal,
            value => value.TotalTokensPerSecond, (owner, value) => owner with { TotalTokensPerSecond = value })
        .Maybe("includesHits", JsonOf.Flag, value => value.IncludesHits, (owner, value) => owner with { IncludesHits = value })
        .Optional("source", JsonOf.Text, value => value.Source, (owner, value) => owner with { Source = value })
        .Maybe("asOf", JsonOf.Date, value => value.AsOf, (owner, value) => owner with { AsOf = value })
        .Optional("note", JsonOf.Text, value => value.Note, (owner, value) => owner with { Note = value });

    static JsonConverter<ThroughputRow> IJsonValue<ThroughputRow>.Json => Shape;
}
