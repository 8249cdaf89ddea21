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

    public void AddTo(Command command)
    {
        command.Options.Add(_version);
        command.Options.Add(_account);
    }

    /// <summary>The rows to fill; <see langword="null"/> where another format is asked for.</summary>
    public FocusDataset? Dataset(ParseResult result, bool isFocus, SummaryOptions summaries, IEnumerable<Option> others)
    {
        if (!isFocus)
        {
            foreach (Option<string?> option in (Option<string?>[])[_version, _account])
            {
                if (result.GetValue(option) is not null)
                {
                    throw new CliException($"{option.Name} is for --format focus. Say --format focus, or leave it out.");
                }
            }

            return null;
        }

        summaries.RefuseWithFocus(result, others);
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
