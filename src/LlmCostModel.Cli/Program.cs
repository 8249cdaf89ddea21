using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LlmCostModel.Cli;

/// <summary>The entry point; everything else is in <see cref="CommandLineApp"/>, where tests can reach it.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using Stream input = StandardStreams.Input();
        using Stream output = StandardStreams.Output();
        CommandHost host = new()
        {
            Input = input,
            Output = output,
            Error = StandardStreams.Error(),
            IsTerminal = !Console.IsOutputRedirected,
            Width = Width(),
        };
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, DeleteUnfinished);
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, DeleteUnfinished);
        return CommandLineApp.Run(args, host);
    }

    /// <summary>The process ends all the same.</summary>
    private static void DeleteUnfinished(PosixSignalContext signal) => OutputFile.DeleteUnfinished();

    /// <summary>How wide tables may be: as the terminal, or where none is written to, as COLUMNS says.</summary>
    private static int Width()
    {
        const int Default = 120;
        return !Console.IsOutputRedirected ? Console.WindowWidth
            : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
                && columns > 0 ? columns
            : Default;
    }
}
