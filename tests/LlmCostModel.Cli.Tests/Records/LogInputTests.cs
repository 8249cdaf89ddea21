using System.Runtime.InteropServices;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>Folders, patterns and agents: every file that is meant is read, once, and what is not is said.</summary>
public sealed class LogInputTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public LogInputTests()
    {
        foreach (string folder in new[] { "logs/b", "logs/.hidden", "empty", ".named" })
        {
            Directory.CreateDirectory(_cli.PathOf(folder));
        }

        _cli.Write("logs/z.jsonl", Call("z"));
        _cli.Write("logs/b/a.json", Call("a"));
        _cli.Write("logs/b/c.CSV", "model,at,prompt_tokens,completion_tokens\ngpt-4o,2025-01-27T00:00:00Z,1000000,0\n");
        _cli.Write("logs/README.md", "# Not a log");
        _cli.Write("logs/LICENSE", "Not a log");
        _cli.Write("logs/.hidden/h.jsonl", Call("h"));
        _cli.Write("logs/.dot.jsonl", Call("d"));
        _cli.Write("empty/notes.md", "nothing");
        _cli.Write(".named/n.jsonl", Call("n"));
    }

    public void Dispose() => _cli.Dispose();

    /// <summary>Three files of a million tokens each, at 2.50 USD.</summary>
    [Fact]
    public void Folder_IsReadWithAllBelow_InOneOrder()
    {
        CliResult result = Price("logs", "--group-by", "file");

        Assert.Equal($"'{_cli.PathOf("logs")}': 3 files, 2 skipped that end in no ending, .md.\n", Lines(result));
        Assert.Equal([_cli.PathOf("logs/b/a.json"), _cli.PathOf("logs/b/c.CSV"), _cli.PathOf("logs/z.jsonl")],
            result.Json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("key").GetProperty("file").GetString()));
        Assert.Equal("7.5", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    [Fact]
    public void HiddenFolder_ThatIsNamed_IsRead() => Assert.Equal("2.5", TotalOf(Price(".named")));

    [Fact]
    public void Folder_WithoutLogs_IsAnError()
    {
        CliResult result = Price("empty");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Equal($"The folder '{_cli.PathOf("empty")}' has no logs: nothing in it ends in .json, .jsonl, .ndjson, .csv, .tsv, .log, .sse, .parquet, packed or not, but in .md.\n", Lines(result));
    }

    [Theory]
    [InlineData("logs/**/*.json", "2.5")]
    [InlineData("logs/*.jsonl", "2.5")]
    [InlineData("logs/**/?.json*", "5")]
    [InlineData("logs/**", "7.5")]
    [InlineData("logs/.*.jsonl", "2.5")]
    [InlineData("logs/.hid*/*", "2.5")]
    [InlineData("**/*.jsonl", "2.5")] // z alone: the folders of the others, or they themselves, are hidden
    [InlineData("*/b/../**/z.jsonl", null)] // '..' is no folder that a pattern finds
    [InlineData("logs/nothing/*.jsonl", null)]
    public void Pattern_FindsWhatAShellWould(string pattern, string? total)
    {
        CliResult result = Price(pattern);

        Assert.Equal(total, result.Code == 0 ? TotalOf(result) : null);
        Assert.Equal(total is null ? $"No file matches '{_cli.PathOf(pattern)}'.\n" : "", total is null ? Lines(result) : "");
    }

    /// <summary>A link to a folder above would go round for ever.</summary>
    [Fact]
    public void Links_InACircle_End_AndAFileIsReadOnce()
    {
        Directory.CreateSymbolicLink(_cli.PathOf("logs/b/up"), _cli.PathOf("logs"));
        File.CreateSymbolicLink(_cli.PathOf("logs/again.jsonl"), _cli.PathOf("logs/z.jsonl"));

        CliResult result = CliRunner.Run("price", _cli.PathOf("logs"), _cli.PathOf("logs/**/*.jsonl"));

        Assert.Equal("7.5", TotalOf(result));
        Assert.Contains($"'{_cli.PathOf("logs/z.jsonl")}' is the same file as '{_cli.PathOf("logs/again.jsonl")}', and so are ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatIsNamedTwice_IsReadOnce()
    {
        string file = _cli.PathOf("logs/z.jsonl");

        CliResult result = CliRunner.Run("price", file, file);

        Assert.Equal("2.5", TotalOf(result));
        Assert.Equal($"'{file}' is named more than once: it is read once.\n", Lines(result));
    }

    /// <summary>One of several logs that is cut off does not take the others with it: what was read of it counts, and it is said.</summary>
    [Fact]
    public void Log_ThatIsCutOff_LosesNothingElse()
    {
        byte[] whole = Gzip(string.Concat(Enumerable.Range(0, 5_000).Select(i => Call($"cut{i}") + "\n")));
        File.WriteAllBytes(_cli.PathOf("logs/a.jsonl.gz"), whole[..^2]);

        CliResult result = Price("logs");

        Assert.Equal(1, result.Code);
        Assert.Equal(1, result.Json.GetProperty("rejected").GetInt32());
        Assert.Contains($"{_cli.PathOf("logs/a.jsonl.gz")}: '{_cli.PathOf("logs/a.jsonl.gz")}' is not whole gzip", result.Error, StringComparison.Ordinal);
        Assert.Equal("partial", result.Json.GetProperty("totals")[0].GetProperty("status").GetString());
    }

    /// <summary>A file that is gone when its turn comes: the first log is a pipe, which takes it away.</summary>
    [Fact]
    public void Log_ThatIsGoneMeanwhile_IsRejected()
    {
        string gone = _cli.Write("gone.jsonl", Call("g"));
        using MemoryStream output = new();
        using StringWriter error = new();
        CommandHost host = new() { Input = new Trap(Call("p"), () => File.Delete(gone)), Output = output, Error = error };

        int code = CommandLineApp.Run(["price", "-", gone, "--each", "--rejects", _cli.PathOf("rejects.jsonl")], host);

        string[] lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd().Split('\n');
        Assert.Equal((1, 2), (code, lines.Length));
        string reason = $"The file '{gone}' does not exist.";
        Assert.Equal($$"""{"record":null,"file":"{{gone}}","line":null,"id":null,"status":"rejected","reasons":["{{reason}}"]}""", lines[1]);
        Assert.Equal(
            $$"""{"record":null,"file":"{{gone}}","line":null,"id":null,"reason":"{{reason}}","text":""}""" + "\n",
            File.ReadAllText(_cli.PathOf("rejects.jsonl")));
    }

    [Fact]
    public void Nothing_Named_SaysWhatCanBe() => Assert.StartsWith("Name a log: a file, a folder, ", CliRunner.Run("price").Error, StringComparison.Ordinal);

    /// <summary>A session of Claude Code: a million tokens of gpt-4o are 2.50 USD whoever asks for them.</summary>
    [Fact]
    public void Agent_IsReadFromItsOwnFolder()
    {
        Directory.CreateDirectory(_cli.PathOf(".codex/archived_sessions"));
        Directory.CreateDirectory(_cli.PathOf(".pi/agent/sessions/--home--"));
        Directory.CreateDirectory(_cli.PathOf(".local/share/opencode"));
        string codex = _cli.Write(".codex/archived_sessions/rollout.jsonl", Call("codex"));
        string pi = _cli.Write(".pi/agent/sessions/--home--/s.jsonl", Call("pi"));
        string database = _cli.Write(".local/share/opencode/opencode.db", "SQLite");

        (int code, string output, string error) = RunAtHome("price", "--agent", "codex,pi,opencode", "--group-by", "file");

        Assert.Equal(0, code);
        Assert.Equal(
            $"codex: 1 file in '{Path.GetDirectoryName(codex)}'.\npi: 1 file in '{_cli.PathOf(".pi/agent/sessions")}'.\n"
                .Replace("pi: 1 file", "pi: 1 file", StringComparison.Ordinal)
                + $"opencode: '{database}' is a database, whose sessions are not read.\n",
            error);
        Assert.Contains(pi, output, StringComparison.Ordinal);
        Assert.Equal(2, RunAtHome("price", "--agent", "all").Output.Split("\"calls\": 2").Length);
    }

    [Theory]
    [InlineData("codx", "'codx' is not an agent whose folder is known; did you mean codex? Known: claude-code, codex, gemini-cli, opencode, pi, cline, roo-code, copilot, and all for all of them.")]
    [InlineData("copilot", "There are no sessions of copilot here. Looked in:")]
    [InlineData(",", "--agent names no agent.")]
    public void Agent_WithoutSessions_IsAnError(string agent, string message)
    {
        (int code, string output, string error) = RunAtHome("price", "--agent", agent);

        Assert.Equal((2, "", message), (code, output, error.Split('\n')[0]));
    }

    private (int Code, string Output, string Error) RunAtHome(params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        CommandHost host = new()
        {
            Input = Stream.Null,
            Output = output,
            Error = error,
            Home = new AgentHome(Path.GetDirectoryName(_cli.PathOf("x"))!, _ => null, OSPlatform.Linux),
        };
        int code = CommandLineApp.Run(args, host);
        return (code, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString().ReplaceLineEndings("\n"));
    }

    private CliResult Price(string path, params string[] more) => CliRunner.Run(["price", _cli.PathOf(path), .. more]);

    private static string Lines(CliResult result) => result.Error.ReplaceLineEndings("\n");

    private static string? TotalOf(CliResult result) => result.Json.GetProperty("totals")[0].GetProperty("total").GetString();

    private static string Call(string id) => $$"""{ "id": "{{id}}", "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 1000000 } }""";

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private sealed class Trap(string text, Action spring) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            spring();
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            spring();
            return base.Read(buffer);
        }
    }
}
