using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>An agent that sends everything said so far again with every turn: a prefix (tools and instructions) that grows by the same
/// number of tokens each turn.</summary>
[JsonConverter(typeof(JsonValueConverter<AgentLoop>))]
public sealed record AgentLoop : IJsonValue<AgentLoop>
{
    /// <summary>The most turns of which <see cref="CreateRequests"/> makes requests: 2,000. Every prompt repeats those before it, so their
    /// number grows with the square.</summary>
    public const int MaxRequests = 2_000;

    /// <summary>Gets the number of turns, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public required int Turns
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Turns), value, "A loop has at least 1 turn.");
    }

    /// <summary>Gets the tokens of the first prompt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required long PrefixTokens { get; init => field = NotNegative(value, nameof(PrefixTokens)); }

    /// <summary>Gets by how many tokens each prompt is longer than the one before: the last answer, what the tools returned, what the user
    /// said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required long GrowthTokens { get; init => field = NotNegative(value, nameof(GrowthTokens)); }

    /// <summary>Gets the output tokens of each turn.</summary>
    /// <value>Default 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long OutputTokens { get; init => field = NotNegative(value, nameof(OutputTokens)); }

    /// <summary>Gets the prompt tokens of all turns, <c>N S + g N (N - 1) / 2</c>: they grow with the square of the turns.</summary>
    /// <exception cref="OverflowException">They exceed <see cref="long.MaxValue"/>.</exception>
    public long PromptTokens => checked((long)((Turns * (Int128)PrefixTokens) + ((Int128)GrowthTokens * Turns * (Turns - 1) / 2)));

    /// <summary>Gets the tokens that a cache which never misses is written, <c>S + (N - 1) g</c>: the last prompt.</summary>
    /// <exception cref="OverflowException">They exceed <see cref="long.MaxValue"/>.</exception>
    public long WrittenTokens => checked(PrefixTokens + ((Turns - 1L) * GrowthTokens));

    /// <summary>Makes the requests of the loop, for a <see cref="CacheSimulator"/> or a comparison.</summary>
    /// <param name="start">When the first turn starts; <see langword="null"/> where that does not matter: then the requests are <see
    /// cref="PromptRequest.IsRelative">relative</see>.</param>
    /// <param name="gap">The time from the start of a turn to that of the next.</param>
    /// <param name="name">What tells this loop's growth from that of others; their prefix is the same.</param>
    /// <returns>The requests.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gap"/> is negative, or so long that the loop ends after the year
    /// 9999.</exception>
    /// <exception cref="InvalidOperationException">There are more than <see cref="MaxRequests"/> turns.</exception>
    public IEnumerable<PromptRequest> CreateRequests(DateTimeOffset? start, TimeSpan gap, string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gap, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(name);
        if (Turns > MaxRequests)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The loop has {Turns} turns; requests are made of at most {MaxRequests}. Take a shorter loop, and multiply."));
        }

        DateTimeOffset first = start ?? DateTimeOffset.UnixEpoch;
        if (gap.Ticks > (DateTimeOffset.MaxValue - first).Ticks / Turns)
        {
            throw new ArgumentOutOfRangeException(nameof(gap), gap, "The loop ends after the year 9999. Take a shorter gap.");
        }

        return Iterate();

        IEnumerable<PromptRequest> Iterate()
        {
            ImmutableArray<PromptSegment> prompt =
            [
                PromptSegment.Create(string.Create(CultureInfo.InvariantCulture, $"prefix of {PrefixTokens}"), PrefixTokens),
            ];
            for (int turn = 0; turn < Turns; turn++)
            {
                if (turn > 0)
                {
                    prompt = prompt.Add(PromptSegment.Create(string.Create(CultureInfo.InvariantCulture, $"{turn}:{name}"), GrowthTokens));
                }

                yield return new() { At = first + (gap * turn), IsRelative = start is null, Prompt = prompt, OutputTokens = OutputTokens };
            }
        }
    }

    private static long NotNegative(long value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Tokens cannot be fewer than 0.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<AgentLoop> Shape = new JsonObject<AgentLoop>(
        () => new() { Turns = 1, PrefixTokens = 0, GrowthTokens = 0 })
        .Required("turns", JsonOf.Int32, value => value.Turns, (owner, value) => owner with { Turns = value })
        .Required("prefixTokens", JsonOf.Int64, value => value.PrefixTokens, (owner, value) => owner with { PrefixTokens = value })
        .Required("growthTokens", JsonOf.Int64, value => value.GrowthTokens, (owner, value) => owner with { GrowthTokens = value })
        .Optional("outputTokens", JsonOf.Int64, value => value.OutputTokens, (owner, value) => owner with { OutputTokens = value });

    static JsonConverter<AgentLoop> IJsonValue<AgentLoop>.Json => Shape;
}
