using System.CommandLine;
using System.CommandLine.Parsing;
using LlmCostModel.Budgets;
using LlmCostModel.Cli.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Cli.Options;

/// <summary>The options by which a command finds the budgets of an application, and where they are counted.</summary>
internal sealed class BudgetOptions
{
    /// <summary>Of a file that is only looked at, nothing is forgotten: how long it remembers is the application's to say.</summary>
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(366), LongestWindows = TimeSpan.FromDays(36_600);

    private readonly SettingsOption _settings = new();

    public Option<string> Store { get; } = StoreOption();

    public static Option<string> StoreOption() => new("--store")
    {
        Description = "the SQLite file in which the application counts its budgets",
        HelpName = "FILE",
        Required = true,
    };

    public void AddTo(CheckedCommand command)
    {
        command.Options.Add(_settings.Option);
        command.Options.Add(Store);
        command.Uses.Always(_settings.Option, Store);
    }

    /// <summary>Opens the budgets and the file that counts them.</summary>
    /// <exception cref="CliException">A file is not what it has to be.</exception>
    public OpenBudgets Open(ParseResult result, CommandHost host)
    {
        IConfiguration settings = _settings.Read(result, host);
        string path = result.GetRequiredValue(Store);
        BudgetFile.Require(path, host);
        ServiceCollection services = new();
        services.AddSingleton(host.Clock);
        services.AddLlmBudgets(settings);
        services.AddSqliteBudgetStore(
            path, options => (options.Retention, options.WindowRetention) = (LongestRetention, LongestWindows));
        return new(services.BuildServiceProvider());
    }

    /// <summary>The tags of <c>--tag NAME=VALUE</c>.</summary>
    public static Option<Dictionary<string, string>> TagOption() => new("--tag")
    {
        Description = "whose budgets, such as user=ann; repeatable",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Tags,
        DefaultValueFactory = _ => [],
    };

    private static Dictionary<string, string> Tags(ArgumentResult result)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (Token token in result.Tokens)
        {
            int at = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == token.Value.Length - 1)
            {
                result.AddError($"'{token.Value}' is not of the form NAME=VALUE, such as user=ann.");
            }
            else if (!tags.TryAdd(token.Value[..at], token.Value[(at + 1)..]))
            {
                result.AddError($"The tag '{token.Value[..at]}' is given twice.");
            }
        }

        return tags;
    }
}

/// <summary>The budgets of an application, with the store that counts them.</summary>
internal sealed class OpenBudgets(ServiceProvider services) : IDisposable
{
    public BudgetsOptions Options { get; } = services.GetRequiredService<IOptions<BudgetsOptions>>().Value;

    public BudgetLedger Ledger { get; } = services.GetRequiredService<BudgetLedger>();

    public void Dispose() => services.Dispose();
}
