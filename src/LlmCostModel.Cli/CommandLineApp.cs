using System.CommandLine;
using System.CommandLine.Parsing;
using LlmCostModel.Cli.Commands;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Cli;

/// <summary>Parses the arguments, runs the command and turns failures into exit codes.</summary>
internal static class CommandLineApp
{
    public static int Run(string[] args, CommandHost host)
    {
        try
        {
            ParseResult parsed = CreateRoot(host).Parse(args.Length == 0 ? ["--help"] : args);
            string[] errors = [.. FindErrors(parsed)];
            if (errors.Length > 0)
            {
                foreach (string error in errors)
                {
                    host.Error.WriteLine(error);
                }

                host.Error.WriteLine($"Run 'llmcost {PathOf(parsed.CommandResult)}--help' for usage.");
                return ExitCode.Failed;
            }

            using StringWriter help = new();
            int code = parsed.Invoke(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    Output = help,
                    Error = host.Error,
                }
            );
            host.Write(help.ToString());
            return code;
        }
        catch (OptionsValidationException exception)
        {
            return Fail(host, string.Join(Environment.NewLine, exception.Failures));
        }
        catch (Exception exception)
            when (exception
                    is CliException
                        or RateCardException
                        or UnpricedException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
                        or OverflowException
                        or InvalidOperationException)
        {
            return Fail(host, exception.Message);
        }
    }

    /// <summary>What is wrong with the arguments: what the parser says, and options that there are not, which it takes for the files of a
    /// command. Behind <c>--</c>, everything is a file.</summary>
    internal static IEnumerable<string> FindErrors(ParseResult parsed)
    {
        IEnumerable<string> errors = parsed.Errors.Select(error => error.Message);
        return parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? errors : errors.Concat(
            parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .Where(token => token.Value.StartsWith("--", StringComparison.Ordinal))
                .Select(token => $"There is no option '{token.Value}'."));
    }

    /// <summary>All commands.</summary>
    internal static RootCommand CreateRoot(CommandHost host) => new("llmcost: what calls of language models cost, exactly.")
    {
        EstimateCommand.Create(host),
        CompareCommand.Create(host),
        PriceCommand.Create(host),
        ModelsCommand.Create(host),
        ShowCommand.Create(host),
        Commands.Catalog.CatalogCommand.Create(host),
        SimulateCommand.Create(host),
        ForecastCommand.Create(host),
        BreakEvenCommand.Create(host),
    };

    /// <summary>The names of the commands below the root, each followed by a space.</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)}{result.Command.Name} " : "";

    private static int Fail(CommandHost host, string message)
    {
        host.Error.WriteLine(message);
        return ExitCode.Failed;
    }
}
