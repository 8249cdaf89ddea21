using System.Text;

namespace LlmCostModel.Cli;

/// <summary>The entry point; everything else is in <see cref="CommandLineApp"/>, where tests can reach it.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        CommandHost host = new()
        {
            Input = input,
            Output = output,
            Error = Console.Error,
            IsTerminal = !Console.IsOutputRedirected,
            Width = Console.IsOutputRedirected ? 120 : Console.WindowWidth,
        };
        return CommandLineApp.Run(args, host);
    }
}
