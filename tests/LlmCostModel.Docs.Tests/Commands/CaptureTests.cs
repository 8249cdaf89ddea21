using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using LlmCostModel.Cli;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>What <c>docs/captures</c> shows of a terminal of 80 and of 120 columns is what the commands print there.</summary>
/// <remarks><c>LLMCOSTMODEL_WRITE_DOCS=1</c> writes them; <c>.ci/captures</c> takes them from a real terminal.</remarks>
[Collection("folder")]
public sealed class CaptureTests
{
    private static readonly string Folder = Path.Combine(Repository.Folder, "docs", "captures");

    private static readonly int[] Widths = [80, 120];

    public static TheoryData<Capture> Captures => [.. All()];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Capture_IsWhatTheCommandPrints(Capture capture)
    {
        string file = Path.Combine(Folder, capture.File);
        string shown = $"$ {capture.Command}\n{Run(capture.Command, capture.Width)}";
        if (Environment.GetEnvironmentVariable("LLMCOSTMODEL_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, shown);
        }

        Assert.True(File.Exists(file), $"{file} is missing: LLMCOSTMODEL_WRITE_DOCS=1 dotnet test tests/LlmCostModel.Docs.Tests writes it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), shown);
        Assert.All(shown.Split('\n').Skip(1), line => Assert.InRange(line.Length, 0, capture.Width));
    }

    [Fact]
    public void Captures_AreAllListed()
    {
        IEnumerable<string> listed = All().Select(capture => capture.File).Append("commands.txt");

        Assert.Equal(listed.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Capture> All() =>
        from line in File.ReadLines(Path.Combine(Folder, "commands.txt"))
        where line[0] != '#'
        let parts = line.Split(": ", 2)
        from width in Widths
        select new Capture(parts[0], parts[1], width);

    /// <summary>Standard output and standard error, in the order in which a terminal shows them.</summary>
    private static string Run(string command, int width)
    {
        using MemoryStream screen = new();
        using StreamWriter error = new(screen, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        CommandHost host = new() { Input = Stream.Null, Output = screen, Error = error, IsTerminal = true, IsErrorTerminal = true, Width = width };
        string here = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = Path.Combine(Folder, "inputs");
            CommandLineApp.Run([.. CommandLineParser.SplitCommandLine(command["llmcost ".Length..])], host);
        }
        finally
        {
            Environment.CurrentDirectory = here;
        }

        IEnumerable<string> lines = Encoding.UTF8.GetString(screen.ToArray()).ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        return string.Join('\n', lines).TrimEnd('\n') + "\n";
    }
}

/// <summary>What a terminal of a width shows of a command.</summary>
public sealed record Capture(string Name, string Command, int Width)
{
    internal string File => string.Create(CultureInfo.InvariantCulture, $"{Name}.{Width}.txt");
}

/// <summary>Tests that change the folder of the process run by themselves.</summary>
[CollectionDefinition("folder", DisableParallelization = true)]
public static class OneAfterTheOther;
