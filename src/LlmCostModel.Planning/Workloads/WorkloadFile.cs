using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A workload as it is written in a file: what to forecast, what to compare, or both.</summary>
/// <remarks><c>docs/planning.md</c> describes the file with examples.</remarks>
[JsonConverter(typeof(JsonValueConverter<WorkloadFile>))]
public sealed record WorkloadFile : IJsonValue<WorkloadFile>
{
    private readonly EquatableArray<WorkloadCandidate> _candidates;
    private readonly EquatableArray<ForecastScenario> _scenarios;
    private readonly EquatableArray<TrafficCandidate> _trafficCandidates;

    private WorkloadFile()
    {
    }

    /// <summary>Gets what to forecast; <see langword="null"/> when the file has no <c>forecast</c>, or one of its
    /// <see cref="Traffic"/>.</summary>
    public ForecastPlan? Plan { get; private init; }

    /// <summary>Gets what would be different in the forecast, compared side by side.</summary>
    public ImmutableArray<ForecastScenario> Scenarios { get => _scenarios; private init => _scenarios = value; }

    /// <summary>Gets what to compare; <see langword="null"/> when the file has none of <c>trace</c>, <c>log</c>, <c>agentLoop</c> and
    /// <c>calls</c>.</summary>
    public Workload? Workload { get; private init; }

    /// <summary>Gets where it could run.</summary>
    public ImmutableArray<WorkloadCandidate> Candidates { get => _candidates; private init => _candidates = value; }

    /// <summary>Gets the conversations; <see langword="null"/> when the file has no <c>traffic</c>.</summary>
    public ConversationTraffic? Traffic { get; private init; }

    /// <summary>Gets where the traffic could run; empty without traffic.</summary>
    public ImmutableArray<TrafficCandidate> TrafficCandidates { get => _trafficCandidates; private init => _trafficCandidates = value; }

    /// <summary>Gets what to forecast of the traffic; <see langword="null"/> when the file has no such <c>forecast</c>.</summary>
    public TrafficForecast? TrafficForecast { get; private init; }

    /// <summary>Reads a workload.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <param name="openLines">Gives the lines of a file that the workload names.</param>
    /// <param name="name">The name of the text, for faults.</param>
    /// <returns>The workload.</returns>
    /// <exception cref="WorkloadException">The text is not such a workload; the message lists every fault.</exception>
    public static WorkloadFile Read(ReadOnlyMemory<byte> utf8Json, Func<string, IEnumerable<string>> openLines, string name = "workload")
    {
        ArgumentNullException.ThrowIfNull(openLines);
        return PlanReader.Read(utf8Json, name, (reader, node) =>
        {
            reader.Values.ReportUnknownKeys(node,
                ["name", "forecast", "scenarios", "traffic", "trace", "block", "log", "agentLoop", "calls", "tasks", "candidates"]);
            reader.Values.ReadText(node["name"]);
            reader.ReportRepeated(node["candidates"]?.Children ?? [], "label");
            if (node["traffic"] is { } traffic)
            {
                return OfTraffic(reader, node, traffic);
            }

            WorkloadFile file = new()
            {
                Plan = node["forecast"] is { } forecast ? ForecastReader.Read(reader, forecast) : null,
                Workload = WorkloadReader.Read(reader, node, openLines),
                Candidates = [.. (node["candidates"]?.Children ?? []).Select(candidate => CandidateReader.Read(reader, candidate))
                    .OfType<WorkloadCandidate>()],
            };
            CheckCaches(reader, node);
            return file with { Scenarios = ReadScenarios(reader, node, file.Plan) };
        });
    }

    private static ImmutableArray<ForecastScenario> ReadScenarios(PlanReader reader, ConfigNode node, ForecastPlan? plan)
    {
        if (node["scenarios"] is not { } scenarios)
        {
            return [];
        }

        if (node["forecast"] is null)
        {
            reader.Fault(scenarios, "is given without a forecast.", "Give the plan that the scenarios change.");
        }

        reader.ReportRepeated(scenarios.Children, "name");
        return
        [
            .. reader.Values.ReadParts(scenarios, "a list of scenarios").Select(scenario => ScenarioReader.Read(reader, scenario, plan)),
        ];
    }

    /// <summary>Refuses caches that the workload cannot answer.</summary>
    private static void CheckCaches(PlanReader reader, ConfigNode node)
    {
        foreach (ConfigNode cache in (node["candidates"]?.Children ?? []).Select(candidate => candidate["cache"]).OfType<ConfigNode>())
        {
            if (node["calls"] is not null)
            {
                reader.Fault(cache, "is given, but the workload has only calls, whose cache reads are fixed.", "Leave it out, or "
                    + "give a trace, a log or an agent loop.");
            }
        }
    }

    private static WorkloadFile OfTraffic(PlanReader reader, ConfigNode node, ConfigNode traffic)
    {
        ConfigNode? forecast = node["forecast"];
        foreach (ConfigNode other in WorkloadReader.AllSources.Append("block").Append("tasks").Select(name => node[name])
            .OfType<ConfigNode>())
        {
            reader.Fault(other, "is given beside 'traffic'.", "Keep one of them.");
        }

        ConversationTraffic? conversations = TrafficReader.Read(reader, traffic, forecast?["start"]);
        TrafficCandidate[] candidates =
        [
            .. reader.Values.ReadParts(node["candidates"], "a list of candidates")
                .Select(candidate => TrafficCandidateReader.Read(reader, candidate, conversations)),
        ];
        bool isOfTraffic = forecast is not null && TrafficForecastReader.IsOfTraffic(forecast);
        TrafficForecast? ofTraffic = isOfTraffic ? TrafficForecastReader.Read(reader, forecast!, traffic, candidates) : null;
        ForecastPlan? plan = forecast is null || isOfTraffic ? null : ForecastReader.Read(reader, forecast);
        return new()
        {
            Traffic = conversations,
            TrafficCandidates = [.. candidates],
            TrafficForecast = ofTraffic,
            Plan = plan,
            Scenarios = ReadScenarios(reader, node, conversations is null ? plan : plan ?? ofTraffic?.Outline(conversations)),
        };
    }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<WorkloadFile> Shape = new JsonObject<WorkloadFile>(() => new())
        .Optional("plan", JsonOf.Value<ForecastPlan>(), value => value.Plan, (owner, value) => owner with { Plan = value })
        .Optional("scenarios", JsonOf.Array(JsonOf.Value<ForecastScenario>()),
            value => value.Scenarios, (owner, value) => owner with { Scenarios = value })
        .Optional("workload", JsonOf.Value<Workload>(), value => value.Workload, (owner, value) => owner with { Workload = value })
        .Optional("candidates", JsonOf.Array(JsonOf.Value<WorkloadCandidate>()),
            value => value.Candidates, (owner, value) => owner with { Candidates = value })
        .Optional("traffic", JsonOf.Value<ConversationTraffic>(), value => value.Traffic, (owner, value) => owner with { Traffic = value })
        .Optional("trafficCandidates", JsonOf.Array(JsonOf.Value<TrafficCandidate>()),
            value => value.TrafficCandidates, (owner, value) => owner with { TrafficCandidates = value })
        .Optional("trafficForecast", JsonOf.Value<TrafficForecast>(),
            value => value.TrafficForecast, (owner, value) => owner with { TrafficForecast = value });

    static JsonConverter<WorkloadFile> IJsonValue<WorkloadFile>.Json => Shape;
}
