using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>When requests come: how busy each weekday and each hour of a day is, in a time zone. Only the proportions count.</summary>
/// <remarks>The weight of an instant is that of its weekday times that of its hour. Immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<TrafficProfile>))]
public sealed record TrafficProfile : IJsonValue<TrafficProfile>
{
    private const int DaysOfWeek = 7;
    private const int HoursOfDay = 24;

    private readonly EquatableArray<double> _weekdays = Flat(DaysOfWeek);
    private readonly EquatableArray<double> _hours = Flat(HoursOfDay);

    /// <summary>Gets the profile of traffic that is the same at every hour.</summary>
    public static TrafficProfile Even { get; } = new();

    /// <summary>Gets the weights of the weekdays, Monday first.</summary>
    /// <value>Default: all the same.</value>
    /// <exception cref="ArgumentException">There are not seven, one is negative or not finite, or all are 0.</exception>
    public ImmutableArray<double> Weekdays
    {
        get => _weekdays;
        init => _weekdays = Checked(value, DaysOfWeek, nameof(Weekdays), "seven weekdays, Monday first");
    }

    /// <summary>Gets the weights of the hours of a day, that from midnight on first.</summary>
    /// <value>Default: all the same.</value>
    /// <exception cref="ArgumentException">There are not 24, one is negative or not finite, or all are 0.</exception>
    public ImmutableArray<double> Hours
    {
        get => _hours;
        init => _hours = Checked(value, HoursOfDay, nameof(Hours), "24 hours, that from midnight on first");
    }

    /// <summary>Gets the zone of the weekdays and hours.</summary>
    /// <value>Default UTC.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public TimeZoneInfo TimeZone { get; init => field = value ?? throw new ArgumentNullException(nameof(TimeZone)); } = TimeZoneInfo.Utc;

    /// <summary>Gets how many times the mean of a week its busiest hour has: what capacity must be able to serve.</summary>
    public double PeakToMean => Weekdays.Max() * Hours.Max() / (Weekdays.Average() * Hours.Average());

    /// <summary>Gets whether every hour has the same weight.</summary>
    internal bool IsEven => Weekdays.All(weight => weight == Weekdays[0]) && Hours.All(weight => weight == Hours[0]);

    /// <summary>Gets the weight of an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>The weight of its weekday times that of its hour.</returns>
    public double GetWeight(DateTimeOffset at)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, TimeZone);
        return Weekdays[((int)local.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek] * Hours[local.Hour];
    }

    /// <summary>Sums the weight over a time, in hours of weight 1.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The first instant after the time.</param>
    /// <returns>The sum; 0 when <paramref name="until"/> is not after <paramref name="from"/>.</returns>
    public double GetWeight(DateTimeOffset from, DateTimeOffset until)
    {
        if (IsEven)
        {
            return until > from ? (until - from).TotalHours * Weekdays[0] * Hours[0] : 0;
        }

        double sum = 0;
        DateTimeOffset at = from;
        while (at < until)
        {
            // To the end of the local hour; zones move by whole quarters of an hour.
            long rest = TimeSpan.TicksPerHour - (TimeZoneInfo.ConvertTime(at, TimeZone).TimeOfDay.Ticks % TimeSpan.TicksPerHour);
            DateTimeOffset end = rest < (until - at).Ticks ? at.AddTicks(rest) : until;
            sum += GetWeight(at) * (end - at).TotalHours;
            at = end;
        }

        return sum;
    }

    /// <summary>How many times the mean of a time its busiest hour has, by the weekdays that fall into it.</summary>
    internal double GetPeakToMean(DateTimeOffset from, DateTimeOffset until)
    {
        double mean = GetWeight(from, until) / (until - from).TotalHours;
        double most = 0;
        for (DateTimeOffset at = from; at < until; at = at.AddMinutes(15))
        {
            most = Math.Max(most, GetWeight(at));
        }

        return mean > 0 ? most / mean : 1;
    }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static ImmutableArray<double> Flat(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static ImmutableArray<double> Checked(ImmutableArray<double> weights, int count, string name, string what) =>
        !weights.IsDefault && weights.Length == count && weights.All(weight => double.IsFinite(weight) && weight >= 0) && weights.Max() > 0
            ? weights
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A profile has the weights of {what}: 0 or more each, not all 0."), name);

    private static readonly JsonObject<TrafficProfile> Shape = new JsonObject<TrafficProfile>(() => new())
        .Optional("weekdays", JsonOf.Array(JsonOf.Double), value => value.Weekdays, (owner, value) => owner with { Weekdays = value })
        .Optional("hours", JsonOf.Array(JsonOf.Double), value => value.Hours, (owner, value) => owner with { Hours = value })
        .Optional("timeZone", JsonOf.OfText(TimeZoneInfo.FindSystemTimeZoneById, zone => zone.Id),
            value => value.TimeZone, (owner, value) => owner with { TimeZone = value });

    static JsonConverter<TrafficProfile> IJsonValue<TrafficProfile>.Json => Shape;
}
