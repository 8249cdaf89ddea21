using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A call that occurs a number of times, each time with the same usage.</summary>
[JsonConverter(typeof(JsonValueConverter<WorkloadCall>))]
public sealed record WorkloadCall : IJsonValue<WorkloadCall>
{
    /// <summary>Gets what each call consumes. Prices that depend on the length of a call see this length.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Gets what each call consumes besides tokens, such as 2 <c>WebSearch</c>.</summary>
    /// <value>Default: nothing.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public MeteredQuantities Meters
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Meters));
    } = MeteredQuantities.Empty;

    /// <summary>Gets how often it occurs, at least once.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long Count
    {
        get;
        init =>
            field =
                value >= 1
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(Count),
                        value,
                        "A call occurs at least once. Leave out what does not occur.");
    } = 1;

    /// <summary>Shows count and usage in the invariant culture.</summary>
    /// <returns>Such as <c>50 times Input 1000, Output 200</c>.</returns>
    public override string ToString() => $"{AmountFormat.ToText(Count)} times {Usage}{(Meters.Count == 0 ? "" : $", {Meters}")}";

    private static readonly JsonObject<WorkloadCall> Shape = new JsonObject<WorkloadCall>(() => new() { Usage = default })
        .Required("usage", JsonOf.Value<TokenUsage>(), value => value.Usage, (owner, value) => owner with { Usage = value })
        .Optional("count", JsonOf.Int64, value => value.Count, (owner, value) => owner with { Count = value })
        .Optional("meters", JsonOf.Value<MeteredQuantities>(), value => value.Meters, (owner, value) => owner with { Meters = value });

    static JsonConverter<WorkloadCall> IJsonValue<WorkloadCall>.Json => Shape;
}
