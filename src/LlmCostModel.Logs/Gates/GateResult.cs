namespace LlmCostModel.Logs;

/// <summary>What came out of a <see cref="CostGate"/>.</summary>
public sealed class GateResult
{
    internal GateResult(GateScenario total) => Total = total;

    /// <summary>Gets whether the change may pass: every scenario and the total are known, and none costs more than is allowed.</summary>
    public bool IsPassed => Reasons.Count == 0;

    /// <summary>Gets the scenarios, by their names.</summary>
    public IReadOnlyList<GateScenario> Scenarios { get; internal init; } = [];

    /// <summary>Gets all calls together, or those of scenarios that both runs have, see <see cref="CostGateOptions.OnlyCommon"/>.</summary>
    public GateScenario Total { get; }

    /// <summary>Gets the instant at whose prices both runs are compared.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>Gets whence the instant is.</summary>
    public GateInstant Instant { get; internal init; }

    /// <summary>Gets by what scenarios differ; <see langword="null"/> where all calls are compared as one.</summary>
    public SummaryKey? Scenario { get; internal init; }

    /// <summary>Gets by what repeated runs differ; <see langword="null"/> where each side is one run.</summary>
    public SummaryKey? Run { get; internal init; }

    /// <summary>Gets how much more a scenario may cost, see <see cref="CostGateOptions.MaximumIncrease"/>.</summary>
    public decimal MaximumIncrease { get; internal init; }

    /// <summary>Gets how much more a scenario may cost as an amount, see <see cref="CostGateOptions.MaximumIncreaseAmount"/>; <see
    /// langword="null"/> where there is no such limit.</summary>
    public Money? MaximumIncreaseAmount { get; internal init; }

    /// <summary>Gets how sure the verdicts are where runs repeat, see <see cref="CostGateOptions.Confidence"/>.</summary>
    public decimal Confidence { get; internal init; }

    /// <summary>Gets what was read of the base.</summary>
    public GateInput Base { get; internal init; } = new();

    /// <summary>Gets what was read of the head.</summary>
    public GateInput Head { get; internal init; } = new();

    /// <summary>Gets why the change may not pass, in sentences; empty when it may.</summary>
    public IReadOnlyList<string> Reasons { get; internal init; } = [];

    /// <summary>Gets what has to be said of the comparison, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Shows whether it passes, and the total, in the invariant culture.</summary>
    /// <returns>Such as <c>passed: 0.5 to 0.51 USD: WithinLimit</c>.</returns>
    public override string ToString() =>
        $"{(IsPassed ? "passed" : "not passed")}: {(Total.Costs.Count == 0 ? $"{Total.Verdict}" : string.Join(", ", Total.Costs))}";
}
