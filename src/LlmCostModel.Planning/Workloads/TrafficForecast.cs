using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What to forecast of traffic: for how long, and how it grows. How much there is and what it consumes comes from the
/// traffic.</summary>
[JsonConverter(typeof(JsonValueConverter<TrafficForecast>))]
public sealed record TrafficForecast : IJsonValue<TrafficForecast>
{
    /// <summary>Gets where it runs.</summary>
    public required TrafficCandidate Candidate { get; init; }

    /// <summary>Gets the plan. Its only line has what the lines of all roles have in common, such as growth.</summary>
    public required ForecastPlan Plan { get; init; }

    /// <summary>The plan with a line for each role, of which only the names are true: what scenarios may name.</summary>
    internal ForecastPlan Outline(ConversationTraffic traffic) => Plan with
    {
        Lines = [.. traffic.Roles.Select(role => Plan.Lines[0] with { Name = traffic.Roles.Length == 1 ? null : role.Name })],
    };

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<TrafficForecast> Shape = new JsonObject<TrafficForecast>(() => new()
    {
        Candidate = new TrafficCandidate(),
        Plan = new ForecastPlan { Start = default, Lines = [new ForecastLine { Model = "", Requests = 0, PromptTokens = 0 }] },
    })
        .Required("candidate", JsonOf.Value<TrafficCandidate>(),
            value => value.Candidate, (owner, value) => owner with { Candidate = value })
        .Required("plan", JsonOf.Value<ForecastPlan>(), value => value.Plan, (owner, value) => owner with { Plan = value });

    static JsonConverter<TrafficForecast> IJsonValue<TrafficForecast>.Json => Shape;
}
