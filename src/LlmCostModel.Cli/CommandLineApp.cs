using System.CommandLine;
using System.CommandLine.Parsing;
using LlmCostModel.Cli.Commands;

namespace LlmCostModel.Cli;

/// <summary>Parses the arguments, runs the command and turns failures into exit codes.</summary>
internal static class CommandLineApp
{
    /// <summary>Arguments are what they are: an id such as <c>@cf/meta/llama-3-8b-instruct</c> is not the name of a file with more of
    /// them.</summary>
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static int Run(string[] args, CommandHost host)
    {
        try
        {
            ParseResult parsed = CreateRoot(host).Parse(args.Length == 0 ? ["--help"] : args, Parser);
            string[] errors = [.. FindErrors(parsed)];
            if (errors.Length > 0)
            {
                foreach (string error in errors)
                {
                    host.Tell(error);
                }

                host.Tell($"Run 'llmcost {PathOf(parsed.CommandResult)}--help' for usage.");
                return ExitCode.Failed;
            }

            using StringWriter help = new();
            using StringWriter more = new();
            int code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = help, Error = more });
            host.Write(help.ToString().Replace($"\n  {RootCommand.ExecutableName} ", "\n  llmcost ", StringComparison.Ordinal));
            if (more.GetStringBuilder().Length > 0)
            {
                host.Tell(more.ToString().TrimEnd());
            }

            return code;
        }
        catch (Exception exception)
        {
            // Whatever it is: a code and a message, and no stack.
            host.Tell(ErrorText.Of(exception));
            return ExitCode.Failed;
        }
    }

    /// <summary>What is wrong with the arguments.</summary>
    internal static IEnumerable<string> FindErrors(ParseResult parsed) => ArgumentFaults.Find(parsed);

    /// <summary>All commands.</summary>
    internal static RootCommand CreateRoot(CommandHost host)
    {
        RootCommand root = new("llmcost: what calls of language models cost, exactly.")
        {
            EstimateCommand.Create(host),
            CompareCommand.Create(host),
            PriceCommand.Create(host),
            ReportCommand.Create(host),
            ReconcileCommand.Create(host),
            GateCommand.Create(host),
            ModelsCommand.Create(host),
            ShowCommand.Create(host),
            Commands.Catalog.CatalogCommand.Create(host),
            Commands.Budgets.BudgetCommand.Create(host),
            SimulateCommand.Create(host),
            ForecastCommand.Create(host),
            JobCommand.Create(host),
            BreakEvenCommand.Create(host),
            SelfHostCommand.Create(host),
            ReasoningCommand.Create(host),
            CascadeCommand.Create(host),
            TrainCommand.Create(host),
        };
        CommandExamples.AddTo(root, host);
        return root;
    }

    /// <summary>The names of the commands below the root, each followed by a space.</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)}{result.Command.Name} " : "";
}
