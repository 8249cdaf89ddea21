using Microsoft.Extensions.AI.Evaluation;

namespace LlmCostModel.Extensions.AI.Evaluation;

/// <summary>The calls of a scenario that makes more of them than those behind its last response, such as a conversation of several
/// turns or a workflow of several agents.</summary>
/// <param name="calls">The calls, as an <see cref="ICostObserver"/> or <c>response.GetCallCosts()</c> gives them.</param>
public sealed class CostEvaluatorContext(IEnumerable<CallCost> calls) : EvaluationContext("Model calls", Show(calls))
{
    /// <summary>Gets the calls.</summary>
    public IReadOnlyList<CallCost> Calls { get; } = [.. calls];

    private static string Show(IEnumerable<CallCost> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return string.Join('\n', calls);
    }
}
