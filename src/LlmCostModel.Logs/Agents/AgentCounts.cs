namespace LlmCostModel.Logs;

/// <summary>What agents that count apart say of a message: the disjoint counts, and whether there was a call.</summary>
internal static class AgentCounts
{
    /// <summary>Who bills no tokens but a plan: such calls have the prices of the model's maker, to compare.</summary>
    private const string Plan = "github-copilot";

    /// <summary>Who bills; <see langword="null"/> when that is not by tokens, or not said.</summary>
    public static string? ProviderOf(string? name) =>
        name is null || name.StartsWith(Plan, StringComparison.OrdinalIgnoreCase) ? null : ProviderNames.Of(name);

    /// <summary>What the agent computed; nothing for what a plan covers, whose cost it calls 0.</summary>
    public static ReportedCost? CostOf(decimal? amount) => amount is > 0 ? LoggedCall.CostOf(amount) : null;
}
