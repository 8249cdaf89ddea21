using LlmCostModel.Budgets.Runs;

namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>A job in which all processes of a world take part, each with an agent of its own. It draws nothing by chance, so that worlds
/// without runs stay what they are.</summary>
/// <param name="isTight">Whether its limits have no room for all calls.</param>
internal sealed class SimulatedRuns(bool isTight)
{
    private readonly Dictionary<SimulatedProcess, (BudgetRun Job, BudgetRun Agent)> _runs = [];
    private string? _token;

    internal bool IsTight => isTight;

    /// <summary>The accounts of the job and of every agent that there was.</summary>
    internal IEnumerable<RunLimit> Limits =>
        _runs.Values.SelectMany(runs => runs.Job.Run.Limits.Concat(runs.Agent.Run.Limits)).DistinctBy(limit => limit.Account);

    /// <summary>Those of the agents: one process alone admits calls of each.</summary>
    internal IEnumerable<RunLimit> OfOneProcess => _runs.Values.SelectMany(runs => runs.Agent.Run.Limits);

    internal void Join(SimulatedProcess process)
    {
        _token ??= process.Ledger.StartRun(Options("job", isTight ? 3 : 1_000)).Token;
        BudgetRun job = process.Ledger.JoinRun(_token);
        _runs.Add(process, (job, job.StartChild(Options($"agent {_runs.Count}", isTight ? 1 : null))));
    }

    internal BudgetRun? Choose(SimulatedProcess process, int call) => (call % 3) switch
    {
        0 => null,
        1 => _runs[process].Job,
        _ => _runs[process].Agent,
    };

    private static BudgetRunOptions Options(string id, decimal? limit) => new()
    {
        Id = id,
        Money = limit is { } usd ? new Money(usd, "USD") : null,
        Duration = TimeSpan.FromDays(30),
    };
}
