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

    private WorkloadFile()
    {
    }

    /// <summary>Gets what to forecast; <see langword="null"/> when the file has no <c>forecast</c>.</summary>
    public ForecastPlan? Plan { get; private init; }

    /// <summary>Gets what would be different in the forecast, compared side by side.</summary>
    public ImmutableArray<ForecastScenario> Scenarios { get => _scenarios; private init => _scenarios = value; }

    /// <summary>Gets what to compare; <see langword="null"/> when the file has none of <c>trace</c>, <c>log</c>, <c>agentLoop</c> and
    /// <c>calls</c>.</summary>
    public Workload? Workload { get; private init; }

    /// <summary>Gets where it could run.</summary>
    public ImmutableArray<WorkloadCandidate> Candidates { get => _candidates; private init => _candidates = value; }

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
                ["name", "forecast", "scenarios", "trace", "block", "log", "agentLoop", "calls", "tasks", "candidates"]);
            reader.Values.ReadText(node["name"]);
            WorkloadFile file = new()
            {
                Plan = node["forecast"] is { } forecast ? ForecastReader.Read(reader, forecast) : null,
                Workload = WorkloadReader.Read(reader, node, openLines),
                Candidates = [.. (node["candidates"]?.Children ?? []).Select(candidate => CandidateReader.Read(reader, candidate))
                    .OfType<WorkloadCandidate>()],
            };
            if (node["scenarios"] is { } scenarios)
            {
                file = file with
                {
                    Scenarios =
                    [
                        .. reader.Values.ReadParts(scenarios, "a list of scenarios")
                            .Select(scenario => ScenarioReader.Read(reader, scenario, file.Plan)),
                    ],
                };
                if (node["forecast"] is null)
                {
                    reader.Fault(scenarios, "is given without a forecast.", "Give the plan that the scenarios change.");
                }
            }

            CheckCaches(reader, node);
            return file;
        });
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

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<WorkloadFile> Shape = new JsonObject<WorkloadFile>(() => new())
        .Optional("plan", JsonOf.Value<ForecastPlan>(), value => value.Plan, (owner, value) => owner with { Plan = value })
        .Optional("scenarios", JsonOf.Array(JsonOf.Value<ForecastScenario>()),
            value => value.Scenarios, (owner, value) => owner with { Scenarios = value })
        .Optional("workload", JsonOf.Value<Workload>(), value => value.Workload, (owner, value) => owner with { Workload = value })
        .Optional("candidates", JsonOf.Array(JsonOf.Value<WorkloadCandidate>()),
            value => value.Candidates, (owner, value) => owner with { Candidates = value });

    static JsonConverter<WorkloadFile> IJsonValue<WorkloadFile>.Json => Shape;
}
