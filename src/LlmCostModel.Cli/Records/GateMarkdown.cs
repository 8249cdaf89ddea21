using System.Text;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Writes a comparison of two recorded runs as a comment for a pull request.</summary>
internal static class GateMarkdown
{
    /// <summary>By what a workflow finds the comment again, to write over it.</summary>
    private const string Mark = "<!-- llmcost gate -->";

    public static string Write(GateResult result, IReadOnlyList<string> notes)
    {
        StringBuilder text = new();
        text.Append(Mark).Append('\n');
        text.Append("### Cost of model calls: ").Append(result.IsPassed ? "passed" : "not passed").Append("\n\n");
        foreach (string reason in result.Reasons)
        {
            text.Append("- ").Append(MarkdownText.Sentence(CommandWords.Of(reason))).Append('\n');
        }

        text.Append(result.Reasons.Count > 0 ? "\n" : "");
        bool isRepeated = result.Scenarios.Append(result.Total).Any(row => row.Costs.Any(cost => cost.Noise is not null));
        text.Append("| scenario | verdict | base | head | change |").Append(isRepeated ? " noise |" : "")
            .Append(" calls | input | output | cache hits |\n");
        text.Append("|---|---|--:|--:|--:|").Append(isRepeated ? "--:|" : "").Append("--:|--:|--:|--:|\n");
        foreach (GateScenario row in result.Scenarios)
        {
            AddRows(text, row, row.Name is { } name ? MarkdownText.Name(name) : "(none)", isRepeated, result.MaximumIncrease);
        }

        AddRows(text, result.Total, "**all**", isRepeated, result.MaximumIncrease);
        text.Append('\n').Append(MarkdownText.Sentence(GateText.Basis(result))).Append('\n');
        if (notes.Count > 0)
        {
            text.Append('\n');
        }

        foreach (string note in notes)
        {
            text.Append("- ").Append(MarkdownText.Sentence(note)).Append('\n');
        }

        return text.ToString();
    }

    private static void AddRows(StringBuilder text, GateScenario row, string name, bool isRepeated, decimal allowed)
    {
        foreach (GateCost? cost in row.Costs.DefaultIfEmpty())
        {
            GateVerdict verdict = cost?.Verdict ?? row.Verdict;
            bool isBad = verdict is GateVerdict.Increase or GateVerdict.Unpriced;
            string[] cells =
            [
                name,
                isBad ? $"**{GateText.Verdict(verdict)}**" : GateText.Verdict(verdict),
                Amount(row.Base, cost?.Base, cost?.Currency),
                Amount(row.Head, cost?.Head, cost?.Currency),
                GateText.ChangeBeyond(cost?.Change, allowed).Replace("<", "&lt;", StringComparison.Ordinal),
                .. isRepeated ? (string[])[GateText.Percent(cost?.Noise)] : [],
                Both(row, side => side.CallsPerRun),
                Both(row, side => side.InputPerRun),
                Both(row, side => side.OutputPerRun),
                Both(row, side => side.CacheHitRate, isShare: true),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
    }

    /// <summary>The code of a currency may come from a rate card.</summary>
    private static string Amount(GateSide? side, decimal? amount, string? currency) =>
        amount is null ? GateText.Amount(side, amount) : $"{RoundedText.Amount(amount)} {MarkdownText.Sentence(currency!)}";

    private static string Both(GateScenario row, Func<GateSide, decimal?> read, bool isShare = false)
    {
        (string before, string after) = (Text(row.Base), Text(row.Head));
        return before == after ? before : $"{before} → {after}";

        string Text(GateSide? side) => (side is null ? null : read(side)) is not { } number ? "–"
            : isShare ? GateText.Percent(decimal.Round(number, 3))
            : TableText.Quantity(decimal.Round(number, number < 100 ? 1 : 0));
    }
}
