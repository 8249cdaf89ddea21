using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Cli.Tests;

/// <summary>Runs the command line in a folder of its own, in January 2025.</summary>
internal sealed class CliRunner : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llmcost-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    internal static CliResult Run(params string[] args) => RunWith("", args);

    /// <summary>Runs a command with text on standard input.</summary>
    internal static CliResult RunWith(string input, params string[] args) => RunWith(Encoding.UTF8.GetBytes(input), args);

    /// <summary>Runs a command whose tables have so many columns.</summary>
    internal static CliResult RunAt(int width, params string[] args) => RunWith([], args, width);

    internal static CliResult RunWith(byte[] input, params string[] args) => RunWith(input, args, 120);

    /// <summary>Runs a command that looks at every record of a log.</summary>
    internal static CliResult RunRecordByRecord(params string[] args) => RunWith([], args, 120, addsUpLines: false);

    private static CliResult RunWith(byte[] input, string[] args, int width, bool addsUpLines = true)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        CommandHost host = new()
        {
            Input = new MemoryStream(input),
            Output = output,
            Error = error,
            Width = width,
            AddsUpLines = addsUpLines,
            Clock = new FakeTimeProvider(new DateTimeOffset(2025, 1, 27, 12, 0, 0, TimeSpan.Zero)),
        };
        int code = CommandLineApp.Run(args, host);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

/// <summary>What a run left behind.</summary>
internal sealed record CliResult(int Code, string Output, string Error)
{
    internal JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The JSON on one line, to compare with.</summary>
    internal string OneLine => JsonSerializer.Serialize(Json);
}
