using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What traffic costs at one candidate: sampled conversations, priced request by request, and the month that they stand
/// for.</summary>
[JsonConverter(typeof(JsonValueConverter<TrafficCost>))]
public sealed record TrafficCost : IJsonValue<TrafficCost>
{
    private readonly EquatableArray<TrafficRoleCost> _roles;

    /// <summary>Gets the traffic.</summary>
    public required ConversationTraffic Traffic { get; init; }

    /// <summary>Gets the candidate.</summary>
    public required TrafficCandidate Candidate { get; init; }

    /// <summary>Gets whether everything, a part or nothing was priced.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>Gets the roles, in the order in which they are asked; those that were never asked have no requests.</summary>
    public required ImmutableArray<TrafficRoleCost> Roles { get => _roles; init => _roles = value; }

    /// <summary>Gets how many conversations were drawn.</summary>
    public required long Conversations { get; init; }

    /// <summary>Gets what they cost, exactly; <see langword="null"/> when nothing was priced, a lower bound when only a part was.</summary>
    public Money? Sampled { get; init; }

    /// <summary>Gets the mean of a conversation, to 28 digits.</summary>
    public Money? PerConversation { get; init; }

    /// <summary>Gets the mean times the conversations of a month, to 28 digits.</summary>
    public Money? PerMonth { get; init; }

    /// <summary>Gets how far, in either direction, the means lie from those of endless conversations in two of three cases: the standard
    /// error, as a share of the mean.</summary>
    /// <value><see langword="null"/> with fewer than two conversations or nothing priced.</value>
    public double? SamplingError { get; init; }

    /// <summary>Gets how many times the cheapest it costs, to 28 digits; <see langword="null"/> when it is not wholly priced or the
    /// cheapest is free.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>Gets the lines of a forecast: one for each role that was asked, with the requests of a month, their means and how they
    /// vary.</summary>
    /// <param name="like">What all of them have besides, such as growth and bursts; <see langword="null"/> for nothing.</param>
    /// <returns>The lines.</returns>
    public ImmutableArray<ForecastLine> ToForecastLines(ForecastLine? like = null) =>
        [.. Roles.Where(role => role.Cost.Totals.Requests > 0).Select(role => TrafficLine.Of(this, role, like))];

    /// <summary>Shows candidate, month and conversation in the invariant culture.</summary>
    /// <returns>Such as <c>claude-haiku-4-5: 1234.5 USD a month (0.06 USD a conversation, +-0.8%)</c>.</returns>
    public override string ToString() => PerMonth is { } month && PerConversation is { } each
        ? string.Create(CultureInfo.InvariantCulture,
            $"{Candidate?.Name}: {(Status == CostStatus.Partial ? "at least " : "")}{month} a month ({each} a conversation, ")
            + string.Create(CultureInfo.InvariantCulture, $"+-{SamplingError * 100:0.##}%)")
        : $"{Candidate?.Name}: unpriced";

    private static readonly JsonObject<TrafficCost> Shape = new JsonObject<TrafficCost>(() => new()
    {
        Traffic = new ConversationTraffic { Start = default, Conversations = 1, Roles = [new() { Name = "role" }] },
        Candidate = new TrafficCandidate(),
        Status = CostStatus.Unpriced,
        Roles = [],
        Conversations = 0,
    })
        .Required("traffic", JsonOf.Value<ConversationTraffic>(), value => value.Traffic, (owner, value) => owner with { Traffic = value })
        .Required("candidate", JsonOf.Value<TrafficCandidate>(),
            value => value.Candidate, (owner, value) => owner with { Candidate = value })
        .Required("status", JsonOf.Name<CostStatus>(), value => value.Status, (owner, value) => owner with { Status = value })
        .Required("conversations", JsonOf.Int64, value => value.Conversations, (owner, value) => owner with { Conversations = value })
        .Maybe("sampled", JsonOf.Value<Money>(), value => value.Sampled, (owner, value) => owner with { Sampled = value })
        .Maybe("perConversation", JsonOf.Value<Money>(),
            value => value.PerConversation, (owner, value) => owner with { PerConversation = value })
        .Maybe("perMonth", JsonOf.Value<Money>(), value => value.PerMonth, (owner, value) => owner with { PerMonth = value })
        .Maybe("samplingError", JsonOf.Double, value => value.SamplingError, (owner, value) => owner with { SamplingError = value })
        .Maybe("ratio", JsonOf.Decimal, value => value.Ratio, (owner, value) => owner with { Ratio = value })
        .Optional("roles", JsonOf.Array(JsonOf.Value<TrafficRoleCost>()),
            value => value.Roles, (owner, value) => owner with { Roles = value });

    static JsonConverter<TrafficCost> IJsonValue<TrafficCost>.Json => Shape;
}
