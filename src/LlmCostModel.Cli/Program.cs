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
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = Width(),
        };
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return CommandLineApp.Run(args, host);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = host.RequestStop();
            if (signal.Cancel)
            {
                host.Tell("Stopping with what is read so far; once more ends at once.");
            }
            else
            {
                OutputFile.DeleteUnfinished(); // the process ends
            }
        }
    }

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
