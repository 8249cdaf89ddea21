using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlmCostModel.Cli;
using LlmCostModel.Extensions.AI;
using LlmCostModel.Planning;

namespace LlmCostModel.Docs.Tests;

/// <summary>Names that pages mention in sentences and tables are those that the code has: options, metrics, keys of records and of JSON.</summary>
public sealed partial class NameTests
{
    /// <summary>Options of other programs.</summary>
    private static readonly string[] OfOthers = ["--filter", "--save", "--help", "--once", "--version", "--project", "--logger", "--diagnostics", "--try"];

    [Fact]
    public void Options_InSentences_AreThoseOfTheTool()
    {
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        HashSet<string> known = [.. Commands(CommandLineApp.CreateRoot(host)).SelectMany(command => command.Options).SelectMany(option => option.Aliases.Append(option.Name)), .. OfOthers];

        AssertKnown("", Option(), known, 30);
    }

    [Fact]
    public void Metrics_OfThePage_AreThoseOfTheMeter() =>
        AssertKnown("middleware.md", Metric(), [.. Constants(typeof(MetricNames))], 15);

    /// <summary>Every API has its rules and their source on the page, and the page has no other.</summary>
    [Fact]
    public void Apis_OfThePage_AreThoseOfTheReader()
    {
        string table = Section().Match(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pages", "responses.md"))).Value;
        IEnumerable<string> named = FirstCell().Matches(table).SelectMany(row => Quoted().Matches(row.Value)).Select(match => match.Groups[1].Value);

        Assert.Equal(ApiFormatNames.All, named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RecordKeys_OfThePage_AreThoseOfTheReader() =>
        AssertKnown("cli.md", Key(), [.. TokenBuckets.All.Select(row => row.JsonName), .. RecordKeys], 15);

    /// <summary>What a page about JSON writes in quotes is a member of a public type, or of an enumeration, as JSON writes it.</summary>
    [Fact]
    public void JsonNames_OfThePage_AreThoseOfPublicTypes()
    {
        CostEstimator estimator = new(new RateCard { Name = "c", Currency = "USD", Models = [ModelPricing.Create("m", input: 1, output: 1)] });
        Type[] types = [.. new[] { typeof(CostEstimate), typeof(CallCost), typeof(Forecast) }.SelectMany(type => type.Assembly.GetExportedTypes())];
        HashSet<string> known =
        [
            .. types.SelectMany(type => type.GetProperties()).Select(property => Camel(property.Name)),
            .. types.Where(type => type.IsEnum).SelectMany(type => type.GetEnumNames()).Select(Camel),
            .. TokenBuckets.All.Select(row => row.JsonName),
            .. JsonSerializer.SerializeToElement(estimator.Estimate("m", new TokenUsage { Input = 1 })).EnumerateObject().Select(member => member.Name),
        ];

        AssertKnown("json.md", JsonName(), known, 4);
    }

    /// <summary>Keys of a rate card that the tables of the page explain, and those that the schema knows.</summary>
    [Fact]
    public void CardKeys_OfThePage_AreThoseOfTheSchema()
    {
        string schema = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "rate-card.schema.json"));

        AssertKnown("rate-cards.md", CardKey(), [.. SchemaName().Matches(schema).Select(match => match.Groups[1].Value), "FreshInput"], 40);
    }

    /// <summary>A meter of the page is one that the library names, or that a conformance vector has.</summary>
    [Fact]
    public void Meters_OfThePage_AreThoseThatVectorsPrice()
    {
        string vectors = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Folder, "tests", "vectors"), "*.json").Select(File.ReadAllText));

        AssertKnown("dimensions.md", Meter(), [.. Constants(typeof(MeterNames)), .. MeterOfAVector().Matches(vectors).Select(match => match.Groups[1].Value)], 25);
    }

    private static readonly string[] RecordKeys =
        ["model", "usage", "meters", "at", "provider", "region", "tier", "attributes", "id", "tags", "image", "video"];

    private static void AssertKnown(string page, Regex pattern, HashSet<string> known, int least)
    {
        (string Place, string Name)[] found =
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "pages"), "*.md", SearchOption.AllDirectories)
               where file.EndsWith(page, StringComparison.Ordinal)
               from entry in File.ReadLines(file).Select((text, index) => (text, index))
               from match in pattern.Matches(entry.text)
               select ($"{Path.GetFileName(file)}:{entry.index + 1}", match.Groups[1].Value),
        ];

        Assert.True(found.Length >= least, $"only {found.Length} names were found");
        Assert.All(found, name => Assert.True(known.Contains(name.Name), $"{name.Place}: there is no '{name.Name}'"));
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue()).OfType<string>();

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"(?<=`[^`]*)(--[a-z][a-z0-9-]+)(?=[^`]*`)")]
    private static partial Regex Option();

    [GeneratedRegex(@"^## APIs\r?$.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| `[^|]*", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`((?:llmcost|gen_ai)\.[a-z_.]+)`")]
    private static partial Regex Metric();

    /// <summary>In the first cell of a row.</summary>
    [GeneratedRegex(@"(?<=^\| [^|]*)`([A-Z][A-Za-z]+)`(?=[^|]* \|.*\|)")]
    private static partial Regex CardKey();

    [GeneratedRegex("\"([A-Z][A-Za-z0-9]+)\"")]
    private static partial Regex SchemaName();

    [GeneratedRegex("(?<=meters? (?:`[A-Za-z]+`, |`[A-Za-z]+` and )*)`([A-Za-z]+)`")]
    private static partial Regex Meter();

    [GeneratedRegex("\"([A-Z][A-Za-z]+)\":")]
    private static partial Regex MeterOfAVector();

    /// <summary>Single words in a table whose rows begin with one.</summary>
    [GeneratedRegex(@"(?<=^\| (?:`.*)?)`([a-zA-Z0-9]+)`")]
    private static partial Regex Key();

    [GeneratedRegex("`\"?((?!false)[a-z][a-zA-Z0-9]+)\"?`")]
    private static partial Regex JsonName();
}
