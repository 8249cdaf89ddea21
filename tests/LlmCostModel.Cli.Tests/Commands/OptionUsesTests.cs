using System.CommandLine;
using LlmCostModel.Cli.Options;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary>An option that was given counts, or it is said that it does not: before anything is read where that is known, otherwise in the
/// notes.</summary>
public sealed class OptionUsesTests : IDisposable
{
    /// <summary>A call that states all that options may say of calls.</summary>
    private const string Stated = """
        { "id": "c1", "model": "gpt-4o", "at": "2025-01-27", "provider": "openai", "region": "eu", "tier": "standard", "attributes": { "quality": "high" }, "usage": { "input": 1000000 } }
        """;

    /// <summary>One that states nothing of it: a response without a model.</summary>
    private const string Silent = """{ "object": "chat.completion", "choices": [], "usage": { "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15 } }""";

    private readonly CliRunner _cli = new();

    /// <summary>Options that count whatever else is given.</summary>
    private static readonly Dictionary<string, string[]> Always = new()
    {
        ["price"] =
        [
            "--each", "--rejects", "--threads", "--api", "--keep-duplicates", "--agent", "--from", "--to", "--currency", "--rates", "--no-catalog",
            "--announced", "--strict",
        ],
        ["report"] =
        [
            "--output", "--title", "--step", "--rows", "--api", "--keep-duplicates", "--agent", "--group-by", "--time-zone", "--from", "--to",
            "--currency", "--at-today", "--what-if", "--rates", "--no-catalog", "--announced", "--strict", "--format",
        ],
        ["gate"] =
        [
            "--max-increase", "--max-increase-amount", "--scenario", "--run", "--only-common", "--api", "--keep-duplicates", "--currency", "--rates", "--no-catalog", "--at",
            "--announced", "--strict", "--format",
        ],
        ["catalog export"] = ["--output", "--sql"],
    };

    /// <summary>Options beside which they count for nothing; <c>FILE</c> is a file of rates, of a plan, or of ids.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "price", "--group-by day --each" },
        { "price", "--sort total --each" },
        { "price", "--top 5 --each" },
        { "price", "--currency EUR --exchange-rate 0.9 --each" },
        { "price", "--plan FILE --each" },
        { "price", "--at-today --each" },
        { "price", "--what-if o1 --each" },
        { "price", "--format csv --each" },
        { "price", "--format table --each" },
        { "price", "--sort total --format focus" },
        { "price", "--top 5 --format focus" },
        { "price", "--currency EUR --exchange-rate 0.9 --format focus" },
        { "price", "--plan FILE --format focus" },
        { "price", "--at-today --format focus" },
        { "price", "--what-if o1 --format focus" },
        { "price", "--plan FILE --keep-duplicates" },
        { "price", "--exchange-rate 0.9" },
        { "price", "--output FILE" },
        { "price", "--time-zone Europe/Berlin" },
        { "price", "--time-zone Europe/Berlin --each --from 2025-01-01T00:00:00Z" },
        { "price", "--focus-version 1.2" },
        { "price", "--billing-account acme --each" },
        { "report", "--exchange-rate 0.9" },
        { "gate", "--exchange-rate 0.9" },
        { "catalog export", "--claude-code gpt-4o --sql duckdb" },
        { "catalog export", "--ids FILE" },
        { "catalog export", "--ids FILE --claude-code gpt-4o" },
        { "catalog export", "--hours-until 2026-01-01" },
        { "catalog export", "--format csv" },
        { "catalog export", "--format csv --sql duckdb" },
        { "catalog export", "--format csv --claude-code gpt-4o" },
        { "catalog export", "--rates FILE" },
        { "catalog export", "--no-catalog" },
        { "catalog export", "--no-catalog --sql duckdb" },
        { "catalog export", "--no-catalog --claude-code gpt-4o" },
        { "catalog export", "--strict" },
        { "catalog export", "--at 2025-01-01" },
        { "catalog export", "--at 2025-01-01 --sql duckdb" },
        { "catalog export", "--provider openai" },
        { "catalog export", "--provider openai --sql duckdb" },
        { "catalog export", "--region eu" },
        { "catalog export", "--region eu --sql duckdb" },
        { "catalog export", "--tier batch" },
        { "catalog export", "--tier batch --sql duckdb" },
        { "catalog export", "--attribute quality=high" },
        { "catalog export", "--attribute quality=high --sql duckdb" },
        { "catalog export", "--consumed webSearch=2" },
        { "catalog export", "--consumed webSearch=2 --sql duckdb" },
        { "catalog export", "--announced" },
        { "catalog export", "--announced --sql duckdb" },
    };

    /// <summary>Options that say what records leave open, and what is said where none does.</summary>
    public static TheoryData<string, string, string> Noted
    {
        get
        {
            TheoryData<string, string, string> rows = new();
            foreach (string command in (string[])["price", "report", "gate"])
            {
                rows.Add(command, "--model gpt-4o-mini", "--model was not needed: every record names its model.");
                rows.Add(command, "--map tags.team=department", "--map was not used: no record has what it names.");
                rows.Add(command, "--provider azure", "--provider was not needed: every record names its provider.");
                rows.Add(command, "--region us", "--region was not needed: every record names its region.");
                rows.Add(command, "--tier batch", "--tier was not needed: every record states its tier.");
                rows.Add(command, "--attribute quality=low", OfAttribute("quality"));
                rows.Add(command, "--attribute size=large", OfAttribute("size"));
                rows.Add(command, "--consumed webSearch=5", "--consumed changed nothing: no price of a call depends on what was consumed before.");
            }

            rows.Add("price", "--at 2024-06-01", "--at was not needed: every record states its time.");
            rows.Add("report", "--at 2024-06-01", "--at was not needed: every record states its time.");
            rows.Add("gate", "--confidence 90%", "--confidence was not needed: no scenario is in several runs.");
            return rows;
        }
    }

    public static TheoryData<string> Commands => [.. Always.Keys];

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_EachOption_IsInOneOfTheTables(string name)
    {
        CheckedCommand command = Find(name);
        string[] options = [.. command.Options.Select(option => option.Name).Order(StringComparer.Ordinal)];
        IEnumerable<string> tested = Always[name]
            .Concat(Refused.Where(row => (string)row[0] == name).Select(row => ((string)row[1]).Split(' ') is var words && words[0] == "--currency" ? words[2] : words[0]))
            .Concat(Noted.Where(row => (string)row[0] == name).Select(row => ((string)row[1]).Split(' ')[0]));

        Assert.Equal(options, command.Uses.Known.Select(option => option.Name).Order(StringComparer.Ordinal));
        Assert.Equal(options, tested.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Option_CannotCount_IsRefusedByName(string command, string given)
    {
        string output = _cli.PathOf("out");
        CliResult result = CliRunner.RunWith(Stated, ArgumentsOf(command, given, output));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(given.Split(' ')[0].Replace("--output", "-o", StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.False(File.Exists(output));
    }

    [Theory]
    [MemberData(nameof(Noted))]
    public void Option_NoRecordNeedsIt_IsNoted(string command, string given, string note)
    {
        CliResult result = CliRunner.RunWith(Stated, ArgumentsOf(command, given, _cli.PathOf("out.html")));

        Assert.Contains(note, NotesOf(result));
        Assert.Contains(note, result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.Code);
    }

    /// <summary>What one record of several leaves open is needed.</summary>
    [Theory]
    [InlineData("--model gpt-4o")]
    [InlineData("--at 2025-01-01")]
    [InlineData("--provider openai")]
    [InlineData("--region eu")]
    [InlineData("--tier batch")]
    [InlineData("--attribute latency=optimized")]
    public void Option_ARecordNeedsIt_IsNotNoted(string given)
    {
        CliResult result = CliRunner.RunWith($"{Stated.Trim()}\n{Silent}", ArgumentsOf("price", given, ""));

        Assert.DoesNotContain(NotesOf(result), note => note.Contains(given.Split(' ')[0] + " was not", StringComparison.Ordinal));
        Assert.DoesNotContain(NotesOf(result), note => note.Contains("changed nothing", StringComparison.Ordinal));
    }

    /// <summary>Lines that are added up as they are read say the same as those that are looked at one by one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("--at 2024-06-01")]
    [InlineData("--provider openai --region eu --tier standard")]
    public void Notes_OfPlainLines_AreThoseOfRecords(string given)
    {
        const string Line = """{ "model": "gpt-4o", "at": "2025-01-27", "provider": "openai", "region": "eu", "tier": "standard", "usage": { "input": 1 } }""";
        foreach (string left in (string[])["", "\"at\": \"2025-01-27\", ", "\"provider\": \"openai\", ", "\"region\": \"eu\", ", "\"tier\": \"standard\", "])
        {
            string last = left.Length == 0 ? Line : Line.Replace(left, "", StringComparison.Ordinal);
            string log = _cli.Write("log.jsonl", string.Join('\n', Enumerable.Repeat(Line, 50).Append(last)));
            string[] arguments = ["price", log, .. given.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

            string[] notes = NotesOf(CliRunner.Run(arguments));

            Assert.Equal(NotesOf(CliRunner.RunRecordByRecord(arguments)), notes);
            int expected = given.Split("--").Skip(1).Count(option => !left.Contains($"\"{option.Split(' ')[0]}\"", StringComparison.Ordinal));
            Assert.Equal(expected, notes.Count(note => note.Contains("was not needed", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void ExchangeRate_OfNoAmount_IsNoted() => Assert.Contains(
        "--exchange-rate was not needed: every amount is in USD.",
        NotesOf(CliRunner.RunWith(Stated, "price", "-", "--currency", "USD", "--exchange-rate", "EUR=1.1")));

    private static string OfAttribute(string name) =>
        $"--attribute {name} changed nothing: every record states it, or no price of a model that was called depends on it.";

    private static string[] NotesOf(CliResult result) => [.. result.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];

    private string[] ArgumentsOf(string command, string given, string output) =>
    [
        .. command.Split(' '),
        .. command switch
        {
            "price" => ["-"],
            "report" => ["-", "-o", output],
            "gate" => [_cli.Write("base.jsonl", Stated), "-"],
            _ => (string[])["-o", output],
        },
        .. given.Replace("FILE", _cli.Write("file.json", "{}"), StringComparison.Ordinal).Split(' '),
    ];

    private static CheckedCommand Find(string name)
    {
        using StringWriter error = new();
        Command command = CommandLineApp.CreateRoot(new() { Input = Stream.Null, Output = Stream.Null, Error = error });
        foreach (string word in name.Split(' '))
        {
            command = command.Subcommands.Single(sub => sub.Name == word);
        }

        return Assert.IsType<CheckedCommand>(command);
    }
}
