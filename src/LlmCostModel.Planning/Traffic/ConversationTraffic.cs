using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>Conversations as users have them: how many come and when, how long they go on, and what each model in them reads and
/// writes.</summary>
/// <remarks>They are drawn by chance from the <see cref="Seed"/>, the same ones every time, and streamed: memory follows the conversations
/// that are going on at one time. A conversation with one turn is a single question, or a document of a batch.</remarks>
[JsonConverter(typeof(JsonValueConverter<ConversationTraffic>))]
public sealed record ConversationTraffic : IJsonValue<ConversationTraffic>
{
    /// <summary>The most conversations a week that are drawn; of more, every so many are.</summary>
    public const int MaxConversationsPerWeek = 50_000;

    private const int MostWeeks = 52;
    private readonly EquatableArray<TrafficRole> _roles;

    /// <summary>Gets when the first conversation can start: the start of the month that <see cref="Conversations"/> counts.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Gets how many conversations there are in that month.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not above 0; of a distribution, the middle nine tenths.</exception>
    public required Uncertain Conversations
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Conversations));
            field = (value.Exact ?? value.GetQuantile(0.05)) > 0
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(Conversations), value.Description, "Traffic has more than 0 conversations a month.");
        }
    }

    /// <summary>Gets when they come.</summary>
    /// <value>Default: evenly, at every hour.</value>
    public TrafficProfile Profile { get; init => field = value ?? throw new ArgumentNullException(nameof(Profile)); } = TrafficProfile.Even;

    /// <summary>Gets how often the user says something, at least once.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">They are commonly more than 2,000, or fewer than 1 on average.</exception>
    public Varying Turns { get; init => field = value.Few(nameof(Turns)).AtLeastOne(nameof(Turns)); } = 1;

    /// <summary>Gets the seconds from the last request of a turn to the first of the next.</summary>
    /// <value>Default 60.</value>
    public Varying GapSeconds { get; init => field = value.Given(nameof(GapSeconds)); } = 60;

    /// <summary>Gets the tokens of what the user says in a turn.</summary>
    /// <value>Default 0.</value>
    public Varying UserTokens { get; init => field = value.Given(nameof(UserTokens)); } = 0;

    /// <summary>Gets the models' parts in a turn, in the order in which they are asked.</summary>
    /// <exception cref="ArgumentException">There is none, two have one name, the first follows another, another follows none before
    /// it, or a summary is not shorter than what it sums up.</exception>
    public required ImmutableArray<TrafficRole> Roles { get => _roles; init => _roles = Checked(value, nameof(Roles)); }

    /// <summary>Gets about how many conversations are drawn at least: whole weeks of them, up to a year.</summary>
    /// <value>Default 2,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int SampledConversations
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(SampledConversations), value, "Draw at least 1.");
    } = 2_000;

    /// <summary>Gets what the conversations are drawn from.</summary>
    /// <value>Default 0.</value>
    public int Seed { get; init; }

    /// <summary>Gets the mean number of conversations of the month.</summary>
    public double MeanConversations => Conversations.Exact
        ?? Enumerable.Range(0, 4_000).Average(i => Math.Max(0, Conversations.GetQuantile((i + 0.5) / 4_000)));

    /// <summary>Gets how many weeks are drawn.</summary>
    public int SampledWeeks =>
        (int)Math.Clamp(Math.Ceiling(SampledConversations / Math.Min(MaxConversationsPerWeek, PerWeek)), 1, MostWeeks);

    /// <summary>Gets of how many conversations one is drawn, 1 or more.</summary>
    public double Thinning => Math.Max(1, PerWeek / MaxConversationsPerWeek);

    private double PerWeek => PerWeight * Profile.GetWeight(Start, Start.AddDays(7));

    private double PerWeight
    {
        get
        {
            double month = Profile.GetWeight(Start, Start.AddMonths(1));
            return month > 0 ? MeanConversations / month : 0;
        }
    }

    /// <summary>Draws the requests, in the order in which they start.</summary>
    /// <returns>The requests; enumerating again gives the same ones.</returns>
    public IEnumerable<TrafficRequest> CreateRequests() => TrafficStream.Create(this, Arrivals());

    /// <summary>A Poisson process: gaps of chance in the weight that has gone by.</summary>
    private IEnumerable<DateTimeOffset> Arrivals()
    {
        TrafficDraws draws = new(Seed, -1);
        double perWeight = PerWeight / Thinning;
        double passed = 0, next = draws.NextGap();
        int hours = SampledWeeks * 7 * 24;
        for (int hour = 0; hour < hours; hour++)
        {
            DateTimeOffset from = Start.AddHours(hour);
            double mass = perWeight * Profile.GetWeight(from, from.AddHours(1));
            for (; next < passed + mass; next += draws.NextGap())
            {
                yield return from.AddTicks((long)((next - passed) / mass * TimeSpan.TicksPerHour));
            }

            passed += mass;
        }
    }

    private static ImmutableArray<TrafficRole> Checked(ImmutableArray<TrafficRole> roles, string name)
    {
        if (roles.IsDefaultOrEmpty)
        {
            throw new ArgumentException("Traffic has at least one role.", name);
        }

        HashSet<string> before = new(StringComparer.Ordinal);
        foreach (TrafficRole role in roles)
        {
            string? fault = before.Contains(role.Name) ? "is given twice."
                : before.Count == 0 && role.Follows is not null ? $"is the first and cannot follow '{role.Follows}'."
                : before.Count == 0 && role.Reads == RoleInput.Answer ? "is the first: there is no answer that it could read."
                : before.Count > 0 && role.Follows is null ? "must say which role it follows."
                : before.Count > 0 && !before.Contains(role.Follows!) ? $"follows '{role.Follows}', which is not a role before it."
                : role.CompactAt <= role.CompactTo ? FormattableString.Invariant(
                    $"summarizes what is more than {role.CompactAt} tokens in {role.CompactTo}, which are not fewer.")
                : null;
            if (fault is not null)
            {
                throw new ArgumentException($"Role '{role.Name}' {fault}", name);
            }

            before.Add(role.Name);
        }

        return roles;
    }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonConverter<Varying> Number = JsonOf.Value<Varying>();

    private static readonly JsonObject<ConversationTraffic> Shape = new JsonObject<ConversationTraffic>(
        () => new() { Start = default, Conversations = 1, Roles = [new() { Name = "role" }] })
        .Required("start", JsonOf.Instant, value => value.Start, (owner, value) => owner with { Start = value })
        .Required("conversations", JsonOf.Value<Uncertain>(),
            value => value.Conversations, (owner, value) => owner with { Conversations = value })
        .Optional("profile", JsonOf.Value<TrafficProfile>(), value => value.Profile, (owner, value) => owner with { Profile = value })
        .Optional("turns", Number, value => value.Turns, (owner, value) => owner with { Turns = value })
        .Optional("gapSeconds", Number, value => value.GapSeconds, (owner, value) => owner with { GapSeconds = value })
        .Optional("userTokens", Number, value => value.UserTokens, (owner, value) => owner with { UserTokens = value })
        .Required("roles", JsonOf.Array(JsonOf.Value<TrafficRole>()), value => value.Roles, (owner, value) => owner with { Roles = value })
        .Optional("sampledConversations", JsonOf.Int32,
            value => value.SampledConversations, (owner, value) => owner with { SampledConversations = value })
        .Optional("seed", JsonOf.Int32, value => value.Seed, (owner, value) => owner with { Seed = value });

    static JsonConverter<ConversationTraffic> IJsonValue<ConversationTraffic>.Json => Shape;
}
