using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Writes rows of FOCUS as CSV, and says what is in none of them.</summary>
internal static class FocusReport
{
    public static void Write(CommandHost host, FocusDataset rows)
    {
        host.Write(CsvText.Write([rows.Columns, .. rows.Rows]));
        foreach (SummaryReason reason in rows.LeftOut)
        {
            string calls = TableText.Count((int)Math.Min(reason.Count, int.MaxValue), "call");
            host.Tell($"Not wholly in the rows, {calls}: {CommandWords.Of(reason.Text)}");
        }
    }
}
