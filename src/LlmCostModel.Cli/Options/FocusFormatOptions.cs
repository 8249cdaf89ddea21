using System.CommandLine;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Options;

/// <summary>What <c>--format focus</c> has to be given, for logs do not say it.</summary>
internal sealed class FocusFormatOptions
{
    private readonly Option<string?> _version = new("--focus-version")
    {
        Description = $"the version of FOCUS for --format focus: {string.Join(" or ", FocusOptions.Versions)}; default 1.2",
        HelpName = "VERSION",
    };

    private readonly Option<string?> _account = new("--billing-account")
    {
        Description = "the account that is billed, for --format focus: its id, or ID=NAME; default llmcost",
        HelpName = "ID",
    };

    /// <summary>Adds them.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isFocus">Whether rows of FOCUS are asked for.</param>
    public void AddTo(CheckedCommand command, Func<ParseResult, bool> isFocus)
    {
        command.Options.Add(_version);
        command.Options.Add(_account);
        command.Uses.Only(isFocus, option => $"{option} is for --format focus. Say --format focus, or leave it out.", _version, _account);
    }

    /// <summary>The rows to fill.</summary>
    public FocusDataset Dataset(ParseResult result, SummaryOptions summaries)
    {
        string[] account = (result.GetValue(_account) ?? "llmcost").Split('=', 2);
        if (account.Any(string.IsNullOrWhiteSpace))
        {
            throw new CliException("--billing-account needs an id, such as acct-1, or an id and a name, such as acct-1=Acme.");
        }

        return summaries.Focus(result, new()
        {
            Version = result.GetValue(_version) ?? "1.2",
            BillingAccountId = account[0],
            BillingAccountName = account.Length > 1 ? account[1] : null,
        });
    }
}
