using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LlmCostModel.Cli;

/// <summary>The entry point; everything else is in <see cref="CommandLineApp"/>, where tests can reach it.</summary>
internal static class Program
{
    /// <summary>Which variables say the locale of characters, the first one that is set.</summary>
    private static readonly string[] Locales = ["LC_ALL", "LC_CTYPE", "LANG"];

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
            IsAscii = IsAscii(Environment.GetEnvironmentVariable),
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

    /// <summary>Whether the terminal draws nothing, or the locale says that its characters are not those of UTF-8. One that says nothing is
    /// taken for UTF-8: containers set none.</summary>
    internal static bool IsAscii(Func<string, string?> variable)
    {
        string? locale = Locales.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return variable("TERM") == "dumb"
            || (locale is not null && !OperatingSystem.IsWindows()
                && !locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase));
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
