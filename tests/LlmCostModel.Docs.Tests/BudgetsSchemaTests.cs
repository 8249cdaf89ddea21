using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmCostModel.Budgets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NJsonSchema;

namespace LlmCostModel.Docs.Tests;

/// <summary>The schema of the section <c>LlmBudgets</c>: it takes what the library takes, and refuses what the library refuses, as far as a
/// schema can tell. Two implementations read it, as editors differ.</summary>
public sealed class BudgetsSchemaTests
{
    private const string Day = "\"Currency\": \"USD\", \"Window\": \"day\"";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Folder, "src", "LlmCostModel.Budgets", "ConfigurationSchema.json"));
    private static readonly JsonSchema One = JsonSchema.FromJsonAsync(Text).GetAwaiter().GetResult();
    private static readonly Json.Schema.JsonSchema Other = Json.Schema.JsonSchema.FromText(Text);

    public static TheoryData<CodeBlock> Blocks => [.. CodeBlock.All("json").Where(block => block.Text.Contains("\"LlmBudgets\"", StringComparison.Ordinal))];

    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs", "samples"), "appsettings.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Folder, path))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_OfAPage_IsValid(CodeBlock block) => Assert.Equal((true, true), AreValid(block.Text));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Settings_OfASample_AreValid(string file) => Assert.Equal((true, true), AreValid(File.ReadAllText(Path.Combine(Repository.Folder, file))));

    [Fact]
    public void BlocksAndSamples_AreSome() => Assert.True(Blocks.Count >= 1 && Samples.Count >= 2);

    [Theory]
    [InlineData("", $"\"b\": {{ \"Limit\": 0, {Day} }}")]
    [InlineData("", $"\"b\": {{ {Day} }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1e3, {Day}, \"Per\": \"user\", \"AlertAt\": [ ], \"SpikeFactor\": 1.5 }}")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"eur\", \"Window\": \"rolling 24h in 1440\" }")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"EUR\", \"Window\": \"every 1.5h\" }")]
    [InlineData("", "\"b\": { \"Unit\": \"Seconds\", \"Limit\": 1.5, \"Window\": \"week\", \"TimeZone\": \"Europe/Berlin\" }")]
    [InlineData("", "\"b\": { \"Unit\": \"Calls\", \"Limit\": 5, \"Window\": \"every 6h\", \"MaxRollover\": 5, \"RolloverFrom\": \"2026-12-01\" }")]
    [InlineData("\"WhenStoreIsAway\": \"Open\", \"MaxOpenTime\": \"5m\", ", $"\"b\": {{ \"Limit\": 1, {Day}, \"MaxWhileOpen\": 0.1 }}, \"c\": {{ {Day} }}, \"d\": {{ \"Limit\": 1, {Day}, \"Mode\": \"Observe\" }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"Optional\": true, \"Per\": \"user\" }}, \"c\": {{ {Day}, \"Optional\": false }}")]
    [InlineData("\"WhenStoreIsAway\": \"LocalShare\", \"LocalShare\": 1, ", $"\"b\": {{ \"Limit\": 1, {Day} }}")]
    [InlineData("\"HashTags\": true, \"TagSecret\": \"0123456789abcdef0123456789abcdef\", ", $"\"b\": {{ {Day} }}")]
    public void WhatTheLibraryTakes_TheSchemaTakes(string section, string budgets)
    {
        string json = $$"""{ "LlmBudgets": { {{section}}"Budgets": { {{budgets}} } } }""";

        Assert.Equal((true, true), AreValid(json));
        Assert.Empty(Faults(json));
    }

    [Theory]
    [InlineData("", $"\"b\": {{ \"Limit\": -1, {Day} }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 9007200, {Day} }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": \"5,00\", {Day} }}")]
    [InlineData("", $"\"b\": {{ \"Limt\": 1, {Day} }}")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Window\": \"day\" }")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"USD\" }")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"DOLLAR\", \"Window\": \"day\" }")]
    [InlineData("", $"\"b\": {{ \"Unit\": \"Tokens\", \"Limit\": 1, {Day} }}")]
    [InlineData("", "\"b\": { \"Unit\": \"Calls\", \"Limit\": 1.5, \"Window\": \"day\" }")]
    [InlineData("", $"\"b\": {{ \"Unit\": \"Dollars\", \"Limit\": 1, {Day} }}")]
    [InlineData("", $"\"b\": {{ \"Mode\": \"Enforced\", \"Limit\": 1, {Day} }}")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"daily\" }")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"every -1s\" }")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"rolling 1h in 0\" }")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"rolling 24h in 1441\" }")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"every 6h\", \"TimeZone\": \"Europe/Berlin\" }")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"Per\": [ \"user\", \"user\" ] }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"Per\": [ \" \" ] }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"Optional\": \"maybe\" }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"AlertAt\": [ 0 ] }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"AlertAt\": 0.5 }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"SpikeFactor\": 1 }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"MaxRollover\": 1 }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"RolloverFrom\": \"2026-12-01\" }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"Optional\": true }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"Optional\": true, \"Per\": [ ] }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": null, {Day} }}")]
    [InlineData("\"HashTags\": null, ", $"\"b\": {{ {Day} }}")]
    [InlineData("", "\"b\": { \"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"total\", \"MaxRollover\": 1, \"RolloverFrom\": \"2026-12-01\" }")]
    [InlineData("", $"\"b\": {{ {Day}, \"MaxRollover\": 1, \"RolloverFrom\": \"2026-12-01\" }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"MaxRollover\": 1, \"RolloverFrom\": \"01.12.2026\" }}")]
    [InlineData("", $"\"b\": {{ \"Limit\": 1, {Day}, \"MaxWhileOpen\": 1 }}")]
    [InlineData("", $"\"user/3:ann\": {{ \"Limit\": 1, {Day} }}")]
    [InlineData("\"WhenStoreIsAway\": \"FailOpen\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"WhenStoreIsAway\": \"Open\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"WhenStoreIsAway\": \"Open\", \"MaxOpenTime\": \"5m\", ", $"\"b\": {{ \"Limit\": 1, {Day} }}")]
    [InlineData("\"MaxOpenTime\": \"5m\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"LocalShare\": 0.1, ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"WhenStoreIsAway\": \"LocalShare\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"WhenStoreIsAway\": \"LocalShare\", \"LocalShare\": 2, ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"TimeToLive\": \"-1s\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"TimeToLive\": \"ten minutes\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"MaxPending\": 0, ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"MaxPending\": 1.5, ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"OnAlert\": \"log\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"HashTags\": \"yes\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"HashTags\": true, \"TagSecret\": \"short\", ", $"\"b\": {{ {Day} }}")]
    [InlineData("\"HashTags\": true, \"TagSecret\": [ \"0123456789abcdef0123456789abcdef\" ], ", $"\"b\": {{ {Day} }}")]
    public void WhatTheLibraryRefuses_TheSchemaRefuses(string section, string budgets)
    {
        string json = $$"""{ "LlmBudgets": { {{section}}"Budgets": { {{budgets}} } } }""";

        Assert.Equal((false, false), AreValid(json));
        Assert.NotEmpty(Faults(json));
    }

    [Fact]
    public void Section_WithNothingInIt_IsRefusedByBoth()
    {
        Assert.Equal((false, false), AreValid("""{ "LlmBudgets": { } }"""));
        Assert.NotEmpty(Faults("""{ "LlmBudgets": { } }"""));
    }

    /// <summary>What is set in code alone has no place in a file; the zone belongs to a window in code.</summary>
    [Fact]
    public void EveryOption_IsInTheSchema_WithADescription()
    {
        JsonObject section = Properties("properties", "LlmBudgets"), budget = Properties("definitions", "llmBudgets.budget");

        Assert.Equal(Names<BudgetsOptions>().Except([nameof(BudgetsOptions.OnAlert)]).Order(), section.Select(property => property.Key).Order());
        Assert.Equal(Names<BudgetOptions>().Append("TimeZone").Order(), budget.Select(property => property.Key).Order());
        Assert.All(section.Concat(budget), property => Assert.False(string.IsNullOrWhiteSpace((string?)property.Value!["description"]), property.Key));
    }

    [Fact]
    public void Words_AreThoseOfTheEnums()
    {
        JsonObject budget = Properties("definitions", "llmBudgets.budget");

        Assert.Equal(Enum.GetNames<StoreOutage>(), Words(Properties("properties", "LlmBudgets"), nameof(BudgetsOptions.WhenStoreIsAway)));
        Assert.Equal(Enum.GetNames<BudgetUnit>(), Words(budget, nameof(BudgetOptions.Unit)));
        Assert.Equal(Enum.GetNames<BudgetMode>(), Words(budget, nameof(BudgetOptions.Mode)));
    }

    /// <summary>Written out, the defaults change nothing.</summary>
    [Fact]
    public void Defaults_AreThoseOfTheLibrary()
    {
        JsonObject section = Defaults(Properties("properties", "LlmBudgets")), budget = Defaults(Properties("definitions", "llmBudgets.budget"));
        (budget[nameof(BudgetOptions.Window)], budget[nameof(BudgetOptions.Currency)]) = ("day", "USD");
        int written = section.Count + budget.Count;
        section[nameof(BudgetsOptions.Budgets)] = new JsonObject { ["b"] = budget };

        BudgetsOptions read = Read(new JsonObject { [BudgetsOptions.SectionName] = section }.ToJsonString());

        Assert.Equal(6 + 7, written);
        Assert.Equal(Shown(new BudgetsOptions()), Shown(read));
        Assert.Equal(Shown(new BudgetOptions { Currency = "USD", AlertAt = [0.5m, 0.8m, 1m] }), Shown(read.Budgets["b"]));
    }

    private static (bool One, bool Other) AreValid(string json) => (One.Validate(json).Count == 0, Other.Evaluate(JsonNode.Parse(json)).IsValid);

    private static BudgetsOptions Read(string json)
    {
        using MemoryStream text = new(Encoding.UTF8.GetBytes(json));
        return new ServiceCollection().AddLlmBudgets(new ConfigurationBuilder().AddJsonStream(text).Build()).BuildServiceProvider()
            .GetRequiredService<IOptions<BudgetsOptions>>().Value;
    }

    private static IEnumerable<string> Faults(string json)
    {
        try
        {
            Read(json);
            return [];
        }
        catch (OptionsValidationException refused)
        {
            return refused.Failures;
        }
    }

    private static JsonObject Properties(string part, string name) => JsonNode.Parse(Text)![part]![name]!["properties"]!.AsObject();

    private static IEnumerable<string> Words(JsonObject properties, string name) => properties[name]!["enum"]!.AsArray().Select(word => (string)word!);

    private static JsonObject Defaults(JsonObject properties) =>
        new(properties.Where(property => property.Value!["default"] is not null).Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value!["default"]!.DeepClone())));

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);

    /// <summary>All that can be set, but the parts that are listed elsewhere.</summary>
    private static string Shown<T>(T options) => JsonSerializer.Serialize(
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name is not (nameof(BudgetsOptions.Budgets) or nameof(BudgetsOptions.OnAlert) or nameof(BudgetOptions.Window)))
            .ToDictionary(property => property.Name, property => property.GetValue(options)));
}
