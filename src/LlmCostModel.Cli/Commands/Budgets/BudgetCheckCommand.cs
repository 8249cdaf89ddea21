using System.CommandLine;
using LlmCostModel.Budgets;
using LlmCostModel.Budgets.Stores;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Cli.Commands.Budgets;

/// <summary><c>llmcost budget check</c>: whether the budgets of an application can be right. Faults go to standard error, with exit code
/// 2.</summary>
internal static class BudgetCheckCommand
{
    public static Command Create(CommandHost host)
    {
        SettingsOption settings = new();
        FormatOption format = new();
        CheckedCommand command = new("check", "Checks the budgets of an application; every fault is listed with its path.")
        {
            settings.Option,
            format.Option,
        };
        command.Uses.Always(settings.Option, format.Option);
        command.Run(result =>
        {
            BudgetsOptions options = Read(settings.Read(result, host), host);
            TimeSpan needed = 2 * options.TimeToLive, known = new InMemoryBudgetStoreOptions().Retention;
            if (needed > known)
            {
                host.Tell($"A TimeToLive of {options.TimeToLive:c} needs a store that knows ids for {needed:c}. "
                    + $"The one in memory knows them for {known:c}, unless its Retention says more.");
            }

            host.Write(format.Of(result, host) switch
            {
                OutputFormat.Json => Json(options),
                OutputFormat.Csv => CsvText.Write([Columns, .. options.Budgets.Select(budget => Row(budget.Key, budget.Value))]),
                _ => TableText.Write(
                    host,
                    $"valid: {TableText.Count(options.Budgets.Count, "budget")}",
                    ["budget", "limit>", "unit=", "currency=", "window", "per", "mode=", "optional=?", "maxRollover>=?"],
                    options.Budgets.Select(budget => Row(budget.Key, budget.Value))),
            });
            return ExitCode.Priced;
        });
        return command;
    }

    /// <summary>Reads and checks the budgets as the application does when it starts; how long its store knows an id is not in its
    /// settings.</summary>
    private static BudgetsOptions Read(IConfiguration settings, CommandHost host)
    {
        ServiceCollection services = new();
        services.AddSingleton(host.Clock);
        services.AddSingleton<BudgetStore>(new InMemoryBudgetStore(new() { Retention = TimeSpan.FromDays(14) }, host.Clock));
        services.AddLlmBudgets(settings);
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<BudgetsOptions>>().Value;
    }

    private static string[] Columns => ["budget", "limit", "unit", "currency", "window", "per", "mode", "optional", "maxRollover"];

    private static string?[] Row(string name, LlmCostModel.Budgets.BudgetOptions budget) =>
    [
        name,
        Number(budget.Limit),
        JsonText.Camel(budget.Unit.ToString()),
        budget.Currency,
        budget.Window?.ToString(),
        string.Join(", ", budget.Per),
        JsonText.Camel(budget.Mode.ToString()),
        budget.Optional ? "yes" : "no",
        Number(budget.MaxRollover),
    ];

    private static string? Number(decimal? amount) => amount is { } known ? JsonText.Number(known) : null;

    private static string Json(BudgetsOptions options) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid", true);
        writer.WriteStartArray("budgets");
        foreach ((string name, LlmCostModel.Budgets.BudgetOptions budget) in options.Budgets)
        {
            writer.WriteStartObject();
            writer.WriteString("budget", name);
            writer.WriteDecimal("limit", budget.Limit);
            writer.WriteString("unit", JsonText.Camel(budget.Unit.ToString()));
            writer.WriteString("currency", budget.Currency);
            writer.WriteString("window", budget.Window?.ToString());
            writer.WriteTexts("per", budget.Per);
            writer.WriteString("mode", JsonText.Camel(budget.Mode.ToString()));
            writer.WriteBoolean("optional", budget.Optional);
            writer.WriteDecimal("maxRollover", budget.MaxRollover);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
