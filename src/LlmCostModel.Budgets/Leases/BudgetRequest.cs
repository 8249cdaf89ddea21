using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>A call that somebody wants to make, and what is known of it. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetRequest>))]
public sealed record BudgetRequest : IJsonValue<BudgetRequest>
{
    internal const int LongestId = 128;

    /// <summary>Gets the id, which makes the request one request however often it is repeated: 1 to 128 characters. Once its call was
    /// settled or released, the id is used up: another call under it is a <see cref="LeaseStatus.Conflict"/>.</summary>
    /// <value>A new one by default.</value>
    /// <exception cref="ArgumentException">The value is empty or longer than 128 characters.</exception>
    public string Id
    {
        get;
        init => field = value is { Length: > 0 and <= LongestId }
            ? value
            : throw new ArgumentException($"The id of a request has {value?.Length ?? 0} characters. It has 1 to 128.", nameof(Id));
    }
    = Guid.NewGuid().ToString("N");

    /// <summary>Gets who and what the call is for, such as <c>user</c>: the tags that budgets are kept per, whose values have 1 to 512
    /// characters.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = EquatableTexts.Of(value); } = EquatableTexts.None;

    /// <summary>Gets the most that the call can cost, such as <c>CostRange.Ceiling</c>; <see langword="null"/> when it is not known, and
    /// then an enforced budget of money denies it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? Ceiling { get; init => field = NotNegative(value, nameof(Ceiling)); }

    /// <summary>Gets why the amount to hold is not known, in a sentence for whoever is denied; <see langword="null"/> when there is nothing
    /// to say.</summary>
    public string? UnknownBecause { get; init; }

    /// <summary>Gets what the call is expected to cost; <see langword="null"/> when it is not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? Expected { get; init => field = NotNegative(value, nameof(Expected)); }

    /// <summary>Gets what the call costs even if nobody reads its answer, such as its input: charged when nobody says in time what it cost;
    /// <see langword="null"/> for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? Floor { get; init => field = NotNegative(value, nameof(Floor)); }

    /// <summary>Gets which of the amounts is held.</summary>
    public BudgetHold Hold { get; init; }

    /// <summary>Gets the most tokens that the call can take; <see langword="null"/> when they are not known, and then an enforced budget of
    /// tokens denies it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long? Tokens
    {
        get;
        init => field = value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Tokens), value, "A number of tokens is 0 or more.");
    }

    /// <summary>Gets the longest that the call can take; <see langword="null"/> when it is not known, and then an enforced budget of
    /// seconds denies it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan? Duration
    {
        get;
        init => field = value is null || value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Duration), value, "A duration is 0 or more.");
    }

    /// <summary>Gets how long the lease lives when nobody extends, settles or releases it, 1 second to 7 days, and at most half of the time
    /// for which the store knows an id; <see langword="null"/> for what the options say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of its range.</exception>
    public TimeSpan? TimeToLive
    {
        get;
        init => field = value is null || (value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(7))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TimeToLive), value, "A lease lives for 1 second to 7 days.");
    }

    /// <summary>Shows the request as JSON.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Shape.ToText(this);

    /// <summary>An id from that of a response; those that gateways make may be longer than a store takes, or not text.</summary>
    internal static string? IdOf(string? responseId) => string.IsNullOrEmpty(responseId) ? null
        : responseId.Length <= LongestId && WholeText.Is(responseId) ? responseId
        : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(responseId)));

    private static Money? NotNegative(Money? amount, string name) =>
        amount is { Amount: < 0 } ? throw new ArgumentOutOfRangeException(name, amount, "An amount to hold is 0 or more.") : amount;

    private static readonly JsonObject<BudgetRequest> Shape = new JsonObject<BudgetRequest>(() => new())
        .Required("id", JsonOf.Text, value => value.Id, (owner, value) => owner with { Id = value })
        .Optional("tags", JsonOf.By<IReadOnlyDictionary<string, string>, IReadOnlyList<KeyValuePair<string, string>>>(
                JsonOf.Entries(JsonOf.Text), tags => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)], EquatableTexts.Of),
            value => value.Tags, (owner, value) => owner with { Tags = value })
        .Maybe("ceiling", JsonOf.Value<Money>(), value => value.Ceiling, (owner, value) => owner with { Ceiling = value })
        .Optional("unknownBecause", JsonOf.Text,
            value => value.UnknownBecause, (owner, value) => owner with { UnknownBecause = value })
        .Maybe("expected", JsonOf.Value<Money>(), value => value.Expected, (owner, value) => owner with { Expected = value })
        .Maybe("floor", JsonOf.Value<Money>(), value => value.Floor, (owner, value) => owner with { Floor = value })
        .Optional("hold", JsonOf.Name<BudgetHold>(), value => value.Hold, (owner, value) => owner with { Hold = value })
        .Maybe("tokens", JsonOf.Int64, value => value.Tokens, (owner, value) => owner with { Tokens = value })
        .Maybe("duration", JsonOf.Duration, value => value.Duration, (owner, value) => owner with { Duration = value })
        .Maybe("timeToLive", JsonOf.Duration, value => value.TimeToLive, (owner, value) => owner with { TimeToLive = value });

    static JsonConverter<BudgetRequest> IJsonValue<BudgetRequest>.Json => Shape;
}
