using System.CommandLine;
using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog export -o FILE</c>: the built-in catalog as one file.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> output = new("--output", "-o") { Description = "where the file is written", Required = true, HelpName = "FILE" };
        Command command = new("export", "Writes the built-in catalog as one file, with its hash, for downloads and other languages.") { output };
        command.SetAction(result =>
        {
            OutputFile.Write(host, result.GetValue(output)!, BuiltInCatalog.Write());
            return ExitCode.Priced;
        });
        return command;
    }
}
