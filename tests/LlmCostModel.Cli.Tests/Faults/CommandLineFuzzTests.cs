using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Cli.Tests.Faults;

/// <summary>Commands, options and files at random, most of them nearly right: every run ends in time, with a code of the contract and
/// without a word of the framework, changes nothing that it reads, and leaves nothing beside what it writes.</summary>
/// <remarks>Small here; <c>.ci/long torture</c> runs it for minutes, and with the tool itself under a limit of memory and on a full
/// disk.</remarks>
public sealed partial class CommandLineFuzzTests(ITestOutputHelper log) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly string[] Words =
    [
        "o1", "gpt-4o", "claude-sonnet-4-5", "deepseek-reasoner", "@cf/meta/llama-3-8b-instruct", "builtin", "openai", "batch", "flex",
        "us-east-1", "2025-01-27", "2025-09-05T16:00:00+02:00", "9999-12-31", "0", "1", "-1", "1e400", "1_200", "20k", "342B", "0.5",
        "9223372036854775807", "79228162514264337593543950335", "1e-29", "WebSearch=2", "a=b", "=", "model,day", "tag:team", "json", "csv",
        "table", "litellm", "openrouter", "models.dev", "genai-prices", "llm-prices", "portkey", "anthropic-5m", "prefix", "entry", "60s",
        "usage", "openai.chat.completions", "", " ", "-", "--", "[suggest]", "\u001b[31m", "=1+1", "\ud800", "..", "/dev/null",
    ];

    private static readonly string[] Seeds =
    [
        """{ "id": "a", "model": "gpt-4o", "at": "2025-01-27", "tier": "batch", "usage": { "input": 1000, "cacheRead": 10 }, "meters": { "webSearch": 2 }, "tags": { "team": "x" } }""",
        """{ "id": "c", "object": "chat.completion", "created": 1738000000, "model": "o1", "choices": [ { "finish_reason": "stop" } ], "usage": { "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15 } }""",
        "data: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"model\":\"claude-sonnet-4-5\",\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":10}}\n\ndata: [DONE]\n\n",
        """[{ "responseId": "g", "modelVersion": "gemini-2.0-flash", "candidates": [{ "content": {} }], "usageMetadata": { "promptTokenCount": 3, "totalTokenCount": 3 } }, { "responseId": "g", "candidates": [{ "finishReason": "STOP" }], "usageMetadata": { "promptTokenCount": 3, "candidatesTokenCount": 9, "totalTokenCount": 12 } }]""",
        """{ "error": { "message": "Rate limit" } }""",
        """{ "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 2.5, "Output": 10 }, "Rules": [ { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ] } } }""",
        """{ "LlmCostModel": { "RateCards": { "a": { "Currency": "EUR", "Provider": "a", "Models": { "m:1": { "PerUnit": { "Request": 0.01 } } } } }, "Deployments": { "prod": "o1" } } }""",
        """{ "timestamp": 0, "input_length": 600, "output_length": 5, "hash_ids": [1, 2] }""",
        """{ "at": "2025-01-27T00:00:00Z", "conversation": "c", "input": 100, "output": 5 }""",
        """{ "forecast": { "model": "o1", "start": "2026-01-01", "months": 3, "requests": 1000, "promptTokens": { "p5": 100, "p95": 900 }, "hitRate": 0.5, "samples": 100 } }""",
        """{ "agentLoop": { "turns": 5, "prefixTokens": 100, "growthTokens": 10, "gap": "30s" }, "candidates": [ { "model": "o1", "cache": "openai", "quality": 0.5 } ] }""",
        """{ "m1": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 } }""",
        """{ "data": [ { "id": "a/b", "pricing": { "prompt": "0.000001", "completion": "0.000002" } } ] }""",
        """{ "vendor": "v", "models": [ { "id": "m", "price_history": [ { "input": 1, "output": 2, "from_date": "2025-01-01", "to_date": null } ] } ] }""",
        "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "",
    ];

    private readonly CliRunner _cli = new();
    private readonly SampleCounts _reached = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Commands_AtRandom_EndAsTheContractSays()
    {
        int seconds = int.Parse(Environment.GetEnvironmentVariable("LLMCOSTMODEL_TORTURE_SECONDS") ?? "0", CultureInfo.InvariantCulture);
        int seed = seconds > 0 ? Environment.TickCount : 18;
        Stopwatch watch = Stopwatch.StartNew();
        int runs = 0;
        for (; seconds > 0 ? watch.Elapsed < TimeSpan.FromSeconds(seconds) : runs < SampleSize.Of(400); runs++)
        {
            RunOne(new Random(seed + runs), seed + runs);
        }

        log.WriteLine($"{runs} commands in {watch.Elapsed.TotalSeconds:0} s");
        log.WriteLine(_reached.ToString());
        _reached.AssertReached(("code 0", 4), ("code 1", 4), ("code 2", 20), ("writes a file", 1));
    }

    private void RunOne(Random random, int seed)
    {
        DirectoryInfo folder = Directory.CreateDirectory(_cli.PathOf($"run{seed.ToString(CultureInfo.InvariantCulture)}"));
        Dictionary<string, byte[]> files = [];
        for (int i = 0; i < 3; i++)
        {
            string path = Path.Combine(folder.FullName, $"f{i}" + Pick(random, "", ".json", ".jsonl", ".svg", ".html", ".gz"));
            files.Add(path, Content(random));
            File.WriteAllBytes(path, files[path]);
        }

        string[] outputs = [Path.Combine(folder.FullName, "out.svg"), Path.Combine(folder.FullName, "out.json")];
        string[] args = Arguments(random, [.. files.Keys, folder.FullName, Path.Combine(folder.FullName, "none")], outputs);
        byte[] input = Content(random);
        Task<CliResult> run = Task.Run(() => CliRunner.RunWith(input, args));
        string what = $"seed {seed}: llmcost {string.Join(' ', args.Select(arg => $"'{arg}'"))}";
        Assert.True(run.Wait(Deadline), $"{what} has not ended after {Deadline}.");

        CliResult result = run.Result;
        Assert.True(result.Code is 0 or 1 or 2, $"{what}: code {result.Code}");
        Assert.True(result.Code != 2 || result.Error.Length > 0, $"{what}: fails without a message");
        Assert.True(!FrameworkWords().IsMatch(result.Error), $"{what}: {result.Error}");
        Assert.True(!result.Error.Contains(ErrorText.Unexpected, StringComparison.Ordinal), $"{what}: {result.Error}");
        foreach ((string path, byte[] before) in files)
        {
            bool isOutput = args.Zip(args.Skip(1)).Any(pair => pair.Second == path && IsOutput(pair.First));
            Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(path)) || isOutput, $"{what}: changed {path}");
        }

        string[] left = [.. Directory.GetFiles(folder.FullName).Except([.. files.Keys, .. outputs, .. args])];
        Assert.True(left.Length == 0, $"{what}: left {string.Join(", ", left)}");
        _reached.Add([$"code {result.Code}", .. outputs.Any(File.Exists) ? ["writes a file"] : Array.Empty<string>()]);
        folder.Delete(recursive: true);
    }

    /// <summary>A command of the tool, some of its options with values, and some that are none of its own.</summary>
    private static string[] Arguments(Random random, string[] files, string[] outputs)
    {
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        List<string> args = [];
        System.CommandLine.Command command = CommandLineApp.CreateRoot(host);
        while (command.Subcommands.Count > 0 && random.Next(100) > 0)
        {
            command = command.Subcommands[random.Next(command.Subcommands.Count)];
            args.Add(command.Name);
        }

        foreach (System.CommandLine.Argument argument in command.Arguments)
        {
            int most = argument.Arity.MaximumNumberOfValues == 1 ? 2 : 3;
            args.AddRange(Enumerable.Range(0, random.Next(20) == 0 ? 0 : random.Next(1, most)).Select(_ => Value(random, argument.Name, files)));
        }

        foreach (System.CommandLine.Option option in command.Options.Where(option => option.Required || random.Next(IsOutput(option.Name) ? 4 : 16) == 0))
        {
            args.Add(option.Name);
            if (option.ValueType != typeof(bool))
            {
                args.Add(IsOutput(option.Name) && random.Next(5) > 0 ? Pick(random, outputs) : Value(random, option.Name, files));
            }
        }

        if (random.Next(20) == 0)
        {
            args.Insert(random.Next(args.Count + 1), Pick(random, Words));
        }

        return [.. args];
    }

    /// <summary>A value that fits, mostly.</summary>
    private static string Value(Random random, string name, string[] files) => random.Next(12) == 0 ? Pick(random, Words) : name switch
    {
        "FILE" or "TRACE" or "WORKLOAD" or "--usage" or "--workload" => random.Next(12) == 0 ? Pick(random, files) : Pick(random, files[..3]),
        "A" or "B" => random.Next(3) == 0 ? "builtin" : Pick(random, files[..3]),
        "--rates" => Pick(random, files),
        "MODEL" or "--model" => Pick(random, "o1", "gpt-4o", "claude-sonnet-4-5", "m1", "@cf/meta/llama-3-8b-instruct"),
        "FORMAT" => Pick(random, "litellm", "openrouter", "models.dev", "genai-prices", "llm-prices", "portkey"),
        "--format" => Pick(random, "json", "csv", "table"),
        "--at" or "--as-of" => "2025-01-27",
        "--tier" => Pick(random, "batch", "flex"),
        "--provider" or "FILTER" => "openai",
        "--attribute" => "quality=high",
        "--meter" or "--consumed" => "WebSearch=2",
        "--group-by" => Pick(random, "model,day", "tag:team", "tier,provider,month"),
        "--api" => Pick(random, "usage", "openai.chat.completions", "anthropic.messages"),
        "--policy" => "anthropic-5m",
        "--match" => Pick(random, "prefix", "entry"),
        "--ttl" => "5m",
        "--output" or "--chart" or "--rejects" => Pick(random, files),
        _ => Pick(random, "1", "2", "0.5", "1000", "100"),
    };

    /// <summary>One or more seeds, as they are or damaged: bytes changed, cut, repeated, packed.</summary>
    private static byte[] Content(Random random)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(Pick(random, Seeds))];
        if (random.Next(3) == 0)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes("\n" + Pick(random, Seeds)));
        }

        for (int i = random.Next(4) == 0 ? random.Next(1, 6) : 0; i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pick(random, "9999999999999999999", "-", "null", "\"\"", "[[[[", "{", "\u202e", "\0", "\r\n", "1e999")));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(40, bytes.Count - at)));
                    break;
                default:
                    bytes.InsertRange(0, random.Next(2) == 0 ? [0xEF, 0xBB, 0xBF] : [0xFF, 0xFE]);
                    break;
            }
        }

        return random.Next(8) == 0 ? Packed([.. bytes], random) : [.. bytes];
    }

    private static byte[] Packed(byte[] bytes, Random random)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        byte[] whole = packed.ToArray();
        return random.Next(3) == 0 ? whole[..random.Next(whole.Length)] : whole;
    }

    private static bool IsOutput(string option) => option is "--output" or "--chart" or "--rejects";

    private static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];

    /// <summary>Types, parameters and stacks of .NET, and its own words for faults.</summary>
    [GeneratedRegex(@"Exception\b|^\s+at \w+\.|\(Parameter '|Nullable`|System\.\w|Actual value was|Arithmetic operation|too large or too small"
        + @"|given key|closed Stream|Object reference|Index was out|DateOnly|un-representable", RegexOptions.Multiline)]
    private static partial Regex FrameworkWords();
}
