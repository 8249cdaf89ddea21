using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Writes rows of FOCUS as CSV or Parquet, and says what is in none of them.</summary>
internal static class FocusReport
{
    public static void Write(CommandHost host, FocusDataset rows, OutputFile? file, bool isParquet)
    {
        if (isParquet)
        {
            using MemoryStream bytes = new();
            rows.WriteParquet(bytes);
            file!.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        else if (file is not null)
        {
            file.Write(CsvText.Write([rows.Columns, .. rows.Rows]));
        }
        else
        {
            host.Write(CsvText.Write([rows.Columns, .. rows.Rows]));
        }

        file?.Finish();
        foreach (SummaryReason reason in rows.LeftOut)
        {
            string calls = TableText.Count((int)Math.Min(reason.Count, int.MaxValue), "call");
            host.Tell($"Not wholly in the rows, {calls}: {CommandWords.Of(reason.Text)}");
        }
    }
}
