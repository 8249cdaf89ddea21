using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Cli.Tests;

/// <summary>Runs the command line in a folder of its own, in January 2025.</summary>
internal sealed class PlanningCli : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llmcost-planning-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    internal static CliResult Run(params string[] args) => RunWith("", args);

    internal static CliResult RunWith(string input, params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        CommandHost host = new()
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Output = output,
            Error = error,
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
