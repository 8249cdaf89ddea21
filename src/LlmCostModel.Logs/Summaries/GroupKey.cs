namespace LlmCostModel.Logs;

/// <summary>What the calls of a group have in common, found once for all of them.</summary>
/// <param name="values">The values of the keys.</param>
/// <param name="currency">The currency of the amounts.</param>
internal sealed class GroupKey(string?[] values, string currency)
{
    public string?[] Values => values;

    public string Currency => currency;

    /// <summary>The groups of the summary that have these values, one a currency; null as long as nobody looked.</summary>
    public List<SummaryGroup>? Groups { get; set; }
}
