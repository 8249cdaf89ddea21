using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What one model does in each turn of a conversation.</summary>
[JsonConverter(typeof(JsonValueConverter<TrafficRole>))]
public sealed record TrafficRole : IJsonValue<TrafficRole>
{
    /// <summary>Gets the name, such as <c>chat</c>, <c>architect</c> or <c>editor</c>.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public required string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    }

    /// <summary>Gets the role whose answer it comes after.</summary>
    /// <value>Default <see langword="null"/>: it is asked first.</value>
    public string? Follows { get; init; }

    /// <summary>Gets how often it is asked once the role before it has answered, 0 to 1.</summary>
    /// <value>Default 1: always.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public double Probability
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Probability), value, "A probability is from 0 to 1: 0.2 is one in five.");
    } = 1;

    /// <summary>Gets what it reads.</summary>
    /// <value>Default: the conversation.</value>
    public RoleInput Reads { get; init; }

    /// <summary>Gets the tokens of instructions and tools, the same in all conversations.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than 0.</exception>
    public long SystemTokens { get; init => field = NotNegative(value, nameof(SystemTokens)); }

    /// <summary>Gets the tokens of what is retrieved for a turn: documents, search results, files. They are others in each turn.</summary>
    /// <value>Default 0.</value>
    public Varying RetrievedTokens { get; init => field = value.Given(nameof(RetrievedTokens)); } = 0;

    /// <summary>Gets where they stand.</summary>
    /// <value>Default: behind the conversation, and left out of it in the next turn.</value>
    public RetrievedPlace Retrieved { get; init; }

    /// <summary>Gets the tokens of its answer, without reasoning.</summary>
    /// <value>Default 0.</value>
    public Varying OutputTokens { get; init => field = value.Given(nameof(OutputTokens)); } = 0;

    /// <summary>Gets the reasoning tokens of each of its requests.</summary>
    /// <value>Default 0.</value>
    public Varying ReasoningTokens { get; init => field = value.Given(nameof(ReasoningTokens)); } = 0;

    /// <summary>Gets whether reasoning is sent again with the conversation.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ResendsReasoning { get; init; }

    /// <summary>Gets how often it calls a tool in a turn; each call is a request of its own before the answer.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">They are commonly more than 2,000.</exception>
    public Varying ToolCalls { get; init => field = value.Few(nameof(ToolCalls)); } = 0;

    /// <summary>Gets the output tokens of a tool call.</summary>
    /// <value>Default 0.</value>
    public Varying ToolCallTokens { get; init => field = value.Given(nameof(ToolCallTokens)); } = 0;

    /// <summary>Gets the tokens that a tool returns.</summary>
    /// <value>Default 0.</value>
    public Varying ToolResultTokens { get; init => field = value.Given(nameof(ToolResultTokens)); } = 0;

    /// <summary>Gets the seconds from one request of a turn to the next.</summary>
    /// <value>Default 5.</value>
    public Varying StepSeconds { get; init => field = value.Given(nameof(StepSeconds)); } = 5;

    /// <summary>Gets the prompt tokens beyond which the conversation is summarized first, in a request of its own.</summary>
    /// <value>Default <see langword="null"/>: never.</value>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than 1.</exception>
    public long? CompactAt
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CompactAt), value, "A limit is at least 1 token. Use null for none.");
    }

    /// <summary>Gets the tokens of the summary.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than 0.</exception>
    public long CompactTo { get; init => field = NotNegative(value, nameof(CompactTo)); }

    private static long NotNegative(long value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Tokens cannot be fewer than 0.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonConverter<Varying> Number = JsonOf.Value<Varying>();

    private static readonly JsonObject<TrafficRole> Shape = new JsonObject<TrafficRole>(() => new() { Name = "role" })
        .Required("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Optional("follows", JsonOf.Text, value => value.Follows, (owner, value) => owner with { Follows = value })
        .Optional("probability", JsonOf.Double, value => value.Probability, (owner, value) => owner with { Probability = value })
        .Optional("reads", JsonOf.Name<RoleInput>(), value => value.Reads, (owner, value) => owner with { Reads = value })
        .Optional("systemTokens", JsonOf.Int64, value => value.SystemTokens, (owner, value) => owner with { SystemTokens = value })
        .Optional("retrievedTokens", Number, value => value.RetrievedTokens, (owner, value) => owner with { RetrievedTokens = value })
        .Optional("retrieved", JsonOf.Name<RetrievedPlace>(), value => value.Retrieved, (owner, value) => owner with { Retrieved = value })
        .Optional("outputTokens", Number, value => value.OutputTokens, (owner, value) => owner with { OutputTokens = value })
        .Optional("reasoningTokens", Number, value => value.ReasoningTokens, (owner, value) => owner with { ReasoningTokens = value })
        .Optional("resendsReasoning", JsonOf.Flag,
            value => value.ResendsReasoning, (owner, value) => owner with { ResendsReasoning = value })
        .Optional("toolCalls", Number, value => value.ToolCalls, (owner, value) => owner with { ToolCalls = value })
        .Optional("toolCallTokens", Number, value => value.ToolCallTokens, (owner, value) => owner with { ToolCallTokens = value })
        .Optional("toolResultTokens", Number, value => value.ToolResultTokens, (owner, value) => owner with { ToolResultTokens = value })
        .Optional("stepSeconds", Number, value => value.StepSeconds, (owner, value) => owner with { StepSeconds = value })
        .Maybe("compactAt", JsonOf.Int64, value => value.CompactAt, (owner, value) => owner with { CompactAt = value })
        .Optional("compactTo", JsonOf.Int64, value => value.CompactTo, (owner, value) => owner with { CompactTo = value });

    static JsonConverter<TrafficRole> IJsonValue<TrafficRole>.Json => Shape;
}
