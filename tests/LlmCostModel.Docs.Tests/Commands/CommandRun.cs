using System.Globalization;
using System.Text;
using LlmCostModel.Cli;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>One run of the command line in a folder of files: what a test shows, and nothing of the machine.</summary>
internal static class CommandRun
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="input">What stands on standard input.</param>
    /// <param name="width">The width of a terminal; null where none is.</param>
    internal static (int Code, string Output, string Error) Of(IEnumerable<string> args, string input = "", int? width = null)
    {
        using MemoryStream typed = new(Encoding.UTF8.GetBytes(input));
        using MemoryStream output = new();
        using StringWriter error = new(CultureInfo.InvariantCulture);
        CommandHost host = new() { Input = typed, Output = output, Error = error, IsTerminal = width is not null, Width = width ?? 120 };
        int code = CommandLineApp.Run([.. args], host);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString().ReplaceLineEndings("\n"));
    }
}
