namespace LlmCostModel.Logs;

/// <summary>What is known of bills beforehand.</summary>
public sealed class BillReaderOptions
{
    /// <summary>Gets which column of a table (CSV), or member of a flat JSON object, is which field of a line: <c>day</c>, <c>model</c>,
    /// <c>cost</c>, <c>currency</c>, <c>provider</c>, <c>tier</c>, <c>region</c>, <c>kind</c> (of tokens, such as <c>input</c>) and
    /// <c>tokens</c>.</summary>
    /// <remarks>Without a map, what a bill is is found out from its members. A cost without a currency is in US dollars.</remarks>
    public IDictionary<string, string> Map { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
