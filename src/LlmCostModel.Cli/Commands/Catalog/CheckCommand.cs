using System.CommandLine;
using System.Text;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog check FORMAT FILE</c>: where the rates in use and a public table agree, differ, or do not meet.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> format = new("FORMAT") { Description = RateFiles.FormatNames };
        Argument<string> file = new("FILE") { Description = "the table; gzip is read as such" };
        Option<string?> baseline = new("--baseline")
        {
            Description = "findings that are explained, a line each: 'finding | provider | model | what | ours | table | reason'; they are "
                + "counted and not shown",
            HelpName = "FILE",
        };
        Option<string?> accept = new("--accept")
        {
            Description = "add what is found to the baseline, with this reason",
            HelpName = "REASON",
        };
        PricingOptions pricing = new();
        Command command = new("check", "Compares the rates in use with a public price table, at the providers of these rates.")
        {
            format,
            file,
            baseline,
            accept,
        };
        pricing.AddTo(command);
        command.SetAction(result =>
        {
            string? known = result.GetValue(baseline);
            string? reason = result.GetValue(accept);
            if (reason is not null && (known is null || string.IsNullOrWhiteSpace(reason) || reason.AsSpan().IndexOfAny('|', '\n') >= 0))
            {
                throw new CliException(
                    "--accept needs --baseline FILE, to which the findings are added, and a reason in one line without '|'.");
            }

            CheckBaseline explained = known is null || (reason is not null && !File.Exists(known))
                ? CheckBaseline.Empty
                : CheckBaseline.Read(known, host);
            ImportResult table = RateFiles.Import(result.GetValue(format)!, result.GetValue(file)!, host, pricing.Context(result).Provider);
            ICostEstimator estimator = pricing.Estimator(result, host);
            CheckFindings findings = CheckFindings.Of(
                CrossCheck.Compare(estimator, table, pricing.Context(result).At ?? host.Clock.GetUtcNow()),
                estimator.RateCards,
                explained);
            host.Write(
                pricing.Format(result, host) switch
                {
                    OutputFormat.Json => findings.Json(),
                    OutputFormat.Csv => CsvText.Write([CheckFindings.Columns, .. findings.Rows]),
                    _ => findings.Table(host),
                }
            );
            foreach (string line in explained.Stale)
            {
                host.Tell($"The baseline explains what is not found any more: {line}");
            }

            if (reason is not null)
            {
                Append(known!, findings.Rows.Select(row => CheckBaseline.LineOf(row, reason)));
            }

            return findings.IsEmpty || reason is not null ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static void Append(string path, IEnumerable<string> lines)
    {
        try
        {
            string before = File.Exists(path) ? File.ReadAllText(path) : "";
            string gap = before.Length == 0 || before.EndsWith('\n') ? "" : "\n";
            File.WriteAllText(path, before + gap + string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"'{path}' cannot be written: {exception.Message}");
        }
    }
}
