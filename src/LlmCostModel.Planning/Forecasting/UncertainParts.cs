using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What an uncertain number is made of, as workload files write it: one number, or one of the pairs, observations, or
/// sessions.</summary>
internal sealed record UncertainParts
{
    internal static readonly JsonConverter<UncertainParts> Json = new NumberOrObject(new JsonObject<UncertainParts>(() => new())
        .Maybe("p5", JsonOf.Double, value => value.P5, (owner, value) => owner with { P5 = value })
        .Maybe("median", JsonOf.Double, value => value.Median, (owner, value) => owner with { Median = value })
        .Maybe("p95", JsonOf.Double, value => value.P95, (owner, value) => owner with { P95 = value })
        .Maybe("mean", JsonOf.Double, value => value.Mean, (owner, value) => owner with { Mean = value })
        .Maybe("variation", JsonOf.Double, value => value.Variation, (owner, value) => owner with { Variation = value })
        .Maybe("low", JsonOf.Double, value => value.Low, (owner, value) => owner with { Low = value })
        .Maybe("high", JsonOf.Double, value => value.High, (owner, value) => owner with { High = value })
        .Optional("observations", JsonOf.List(JsonOf.Double),
            value => value.Observations, (owner, value) => owner with { Observations = value })
        .Optional("totals", JsonOf.List(JsonOf.Double), value => value.Totals, (owner, value) => owner with { Totals = value })
        .Optional("requests", JsonOf.List(JsonOf.Double), value => value.Requests, (owner, value) => owner with { Requests = value })
        .Optional("factor", JsonOf.Double, value => value.Factor, (owner, value) => owner with { Factor = value })
        .NothingElse());

    internal double? Exact { get; init; }

    /// <summary>By what all of it is multiplied.</summary>
    internal double Factor { get; init; } = 1;

    internal double? P5 { get; init; }

    internal double? Median { get; init; }

    internal double? P95 { get; init; }

    internal double? Mean { get; init; }

    internal double? Variation { get; init; }

    internal double? Low { get; init; }

    internal double? High { get; init; }

    internal IReadOnlyList<double> Observations { get; init => field = EquatableList<double>.Of(value); } = [];

    internal IReadOnlyList<double> Totals { get; init => field = EquatableList<double>.Of(value); } = [];

    internal IReadOnlyList<double> Requests { get; init => field = EquatableList<double>.Of(value); } = [];

    internal Uncertain Make() => Factor == 1 ? MakePlain() : MakePlain().Times(Factor);

    private Uncertain MakePlain() => this switch
    {
        { Exact: { } exact } => Uncertain.Exactly(exact),
        { P5: { } p5, P95: { } p95 } => Uncertain.Between(p5, p95),
        { Median: { } median, P95: { } p95 } => Uncertain.FromMedian(median, p95),
        { Mean: { } mean, Variation: { } variation } => Uncertain.FromMean(mean, variation),
        { Low: { } low, High: { } high } => Uncertain.Uniform(low, high),
        { Observations.Count: > 0 } => Uncertain.FromObservations(Observations),
        { Totals.Count: > 0 } => Uncertain.FromRatio(Totals, Requests),
        _ => throw new JsonException(
            "An uncertain number is a number, one of the pairs p5 and p95, median and p95, "
            + "mean and variation, low and high, or observations, or totals and requests of sessions."),
    };

    private sealed class NumberOrObject(JsonObject<UncertainParts> json) : JsonConverter<UncertainParts>
    {
        public override UncertainParts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? new() { Exact = reader.GetDouble() } : json.Read(ref reader, typeToConvert, options);

        public override void Write(Utf8JsonWriter writer, UncertainParts value, JsonSerializerOptions options)
        {
            if (value.Exact is { } exact)
            {
                writer.WriteNumberValue(exact);
            }
            else
            {
                json.Write(writer, value, options);
            }
        }
    }
}
