using System.CommandLine;
using LlmCostModel.Budgets;
using LlmCostModel.Cli.Records;
using Microsoft.Extensions.Configuration;

namespace LlmCostModel.Cli.Options;

/// <summary><c>--config</c>: the settings of an application, as it reads them itself; a later file wins over an earlier one.</summary>
internal sealed class SettingsOption
{
    public Option<string[]> Option { get; } = new("--config")
    {
        Description = $"the settings of the application, whose section {BudgetsOptions.SectionName} has the budgets; repeatable, a later "
            + "file wins",
        HelpName = "FILE",
        Required = true,
    };

    public IConfiguration Read(ParseResult result, CommandHost host)
    {
        ConfigurationBuilder settings = new();
        foreach (string path in result.GetValue(Option) ?? [])
        {
            settings.AddInMemoryCollection(SettingsFile.Read(path, host));
        }

        return settings.Build();
    }
}
