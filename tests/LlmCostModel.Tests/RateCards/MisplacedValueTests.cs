using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Tests.RateCards;

/// <summary>A value where a list or a set belongs, a number in quotes, bytes that are no text: nothing is dropped without a word, in a file
/// or in the application's configuration.</summary>
public class MisplacedValueTests
{
    private const string Card = """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 }REST } } }""";

    private const string Brackets = "Write it in brackets or braces; in an environment variable, give each value its own path.";

    /// <summary>What stands beside PerMillionTokens of a model, and the fault.</summary>
    public static TheoryData<string, string> Parts => new()
    {
        { "\"Rules\": \"half\"", "Rules: 'half' is a value where a list of rules is expected." },
        { "\"Never\": \"batch\"", "Never: 'batch' is a value where a list of combinations is expected." },
        { "\"Defaults\": \"q\"", "Defaults: 'q' is a value where a set of attributes is expected." },
        { "\"PerMeter\": 5", "PerMeter: '5' is a value where a set of prices by meter is expected." },
        { "\"PerMeter\": { \"Page\": { \"Price\": 1, \"Steps\": 7 } }", "PerMeter:Page:Steps: '7' is a value where a list of steps is expected." },
        {
            "\"Rules\": [ { \"Name\": \"r\", \"When\": { \"Attributes\": \"q\" }, \"Multiply\": 2 } ]",
            "Rules:0:When:Attributes: 'q' is a value where a set of attributes is expected."
        },
    };

    /// <summary>The settings that stand under LlmCostModel, and the fault.</summary>
    public static TheoryData<string, string> Settings => new()
    {
        { "\"RateCards\": \"x\"", "RateCards: 'x' is a value where a set of rate cards by name is expected." },
        { "\"RateCards\": 5", "RateCards: '5' is a value where a set of rate cards by name is expected." },
        { "\"RateCards\": { }, \"Overlays\": \"x\"", "Overlays: 'x' is a value where a set of overlays by name is expected." },
        { "\"RateCards\": { }, \"Deployments\": \"x\"", "Deployments: 'x' is a value where a set of deployments by name is expected." },
        {
            "\"RateCards\": { \"c\": { \"Currency\": \"USD\", \"Models\": \"x\" } }",
            "RateCards:c:Models: 'x' is a value where a set of models by id is expected."
        },
        {
            "\"RateCards\": { \"c\": { \"Currency\": \"USD\", \"Models\": 5 } }",
            "RateCards:c:Models: '5' is a value where a set of models by id is expected."
        },
        {
            "\"RateCards\": { \"c\": { \"Currency\": \"USD\", \"Rules\": \"half\", \"Models\": { \"m\": { \"PerMillionTokens\": { \"Input\": 1 } } } } }",
            "RateCards:c:Rules: 'half' is a value where a set of rules by name is expected."
        },
        {
            "\"RateCards\": { \"c\": { \"Currency\": \"USD\", \"Models\": { \"m\": { \"Versions\": \"x\" } } } }",
            "RateCards:c:Models:m:Versions: 'x' is a value where a list of versions is expected."
        },
        {
            "\"RateCards\": { }, \"Overlays\": { \"o\": { \"Rules\": \"half\" } }",
            "Overlays:o:Rules: 'half' is a value where a list of rules is expected."
        },
    };

    public static TheoryData<string, string> Quoted => new()
    {
        { "\"PerMillionTokens\": { \"Input\": \"0.5\" }", "PerMillionTokens:Input: '0.5' is a JSON string, not a number or true or false. Write 0.5 without quotes." },
        { "\"PerMeter\": { \"Page\": { \"Price\": 1, \"Per\": \"1000\" } }", "PerMeter:Page:Per: '1000' is a JSON string, not a number or true or false. Write 1000 without quotes." },
        { "\"PerMeter\": { \"Page\": 1 }, \"MinimumCharge\": \"2\"", "MinimumCharge: '2' is a JSON string, not a number or true or false. Write 2 without quotes." },
        {
            "\"PerMillionTokens\": { \"Input\": 1 }, \"Rules\": [ { \"Name\": \"r\", \"When\": { \"TotalInputAbove\": \"200000\" }, \"Multiply\": \"2\" } ]",
            "Rules:0:When:TotalInputAbove: '200000' is a JSON string, not a number or true or false. Write 200000 without quotes.\ncard:Models:m:Rules:0:Multiply: '2' is a JSON string, not a number or true or false. Write 2 without quotes."
        },
        {
            "\"PerMillionTokens\": { \"Input\": 1 }, \"Rules\": [ { \"Name\": \"r\", \"Unpriced\": \"true\", \"On\": [ \"Input\" ] } ]",
            "Rules:0:Unpriced: 'true' is a JSON string, not a number or true or false. Write true without quotes."
        },
    };

    public static TheoryData<string, byte[]> NotUnicode => new()
    {
        { "value of bytes that are not UTF-8", [.. "{ \"Currency\": \"USD\", \"Source\": \"https://"u8, 0xFF, .. "\", \"Models\": { } }"u8] },
        { "name of bytes that are not UTF-8", [.. "{ \"Currency\": \"USD\", \"Models\": { \"m"u8, 0xC3, .. "\": { } } }"u8] },
        { "half of a pair, as bytes", [.. "{ \"Currency\": \"USD\", \"Models\": { \"m"u8, 0xED, 0xA0, 0x80, .. "\": { } } }"u8] },
        { "half of a pair in a value", Encoding.UTF8.GetBytes("{ \"Currency\": \"USD\", \"Source\": \"\\ud83d\", \"Models\": { } }") },
        { "half of a pair in a name", Encoding.UTF8.GetBytes("{ \"Currency\": \"USD\", \"Models\": { \"m\\udc00\": { } } }") },
        { "half of a pair in a long value", Encoding.UTF8.GetBytes($"{{ \"Currency\": \"USD\", \"Source\": \"{new string('x', 100)}\\ud83d\" }}") },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void File_ValueWhereAListBelongs_IsAFault(string part, string fault) =>
        Assert.Contains(
            $"card:Models:m:{fault} {Brackets}",
            Refusal(Card.Replace("REST", ", " + part, StringComparison.Ordinal)).Split('\n'));

    [Theory]
    [MemberData(nameof(Settings))]
    public void Settings_ValueWhereASetBelongs_IsAFaultOfFilesAndOfConfiguration(string settings, string fault)
    {
        LlmCostModelOptions options = new();
        options.AddJson($$"""{ "LlmCostModel": { {{settings}} } }""", "card");

        string[] ofFile = [.. Assert.Throws<RateCardException>(() => new CostEstimator(options)).Faults.Select(found => found.ToString())];
        string[] ofConfiguration = [.. Failures($$"""{ "LlmCostModel": { {{settings}} } }""")];

        Assert.Contains($"card:LlmCostModel:{fault} {Brackets}", ofFile);
        Assert.Contains($"LlmCostModel:{fault} {Brackets}", ofConfiguration);
    }

    [Fact]
    public void Settings_ValueInPlaceOfTheSection_IsAFault()
    {
        const string Value = "'x' is a value where a set of names is expected. Write an object with some of: RateCards, Overlays, Pools, Deployments, Strict, WeakestMatch, MaxRateAgeDays, AllowLossOnReload.";

        Assert.Equal([$"LlmCostModel: {Value}"], Failures("""{ "LlmCostModel": "x" }"""));
        Assert.Equal($"card:LlmCostModel: 'x' is a value where a set of rate cards by name is expected. {Brackets}", Refusal("""{ "LlmCostModel": "x" }"""));
        Assert.Equal($"card:RateCards: 'x' is a value where a set of rate cards by name is expected. {Brackets}", Refusal("""{ "RateCards": "x" }"""));
    }

    /// <summary>JSON put into one environment variable, beside a file that has the set.</summary>
    [Fact]
    public void Settings_ValueAndSetAtOnePath_IsAFault()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("LlmCostModel:RateCards:c:Currency", "USD"),
                new("LlmCostModel:RateCards:c:Models:m:PerMillionTokens:Input", "1"),
                new("LlmCostModel:RateCards:c:Models:m:PerMillionTokens:Input:Old", "2"),
            ])
            .Build();

        Assert.Equal(
            ["LlmCostModel:RateCards:c:Models:m:PerMillionTokens:Input: '1' is a value and has names inside (Old): only one of them can be meant. Look for the source of configuration, such as an environment variable, that gives the other one."],
            Failures(configuration));
    }

    /// <summary>What is empty in a condition comes through the application's configuration as nothing, or as an empty text: a fault as
    /// well, where it would make a rule apply to every call.</summary>
    [Theory]
    [InlineData("\"When\": [ ]", ":When")]
    [InlineData("\"When\": { }", ":When")]
    [InlineData("\"When\": { \"Tier\": [ ], \"Region\": \"eu\" }", ":When:Tier")]
    [InlineData("\"When\": { \"Tier\": null, \"Region\": \"eu\" }", ":When:Tier")]
    [InlineData("\"When\": { \"Daily\": [ ], \"Region\": \"eu\" }", ":When:Daily")]
    [InlineData("\"When\": { \"Attributes\": { }, \"Region\": \"eu\" }", ":When:Attributes")]
    [InlineData("\"On\": [ ]", ":On")]
    public void Configuration_EmptyCondition_IsAFault(string part, string path)
    {
        string[] failures =
        [
            .. Failures($$"""
                { "LlmCostModel": { "RateCards": { "c": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 },
                  "Rules": [ { "Name": "r", "Multiply": 0.5, {{part}} } ] } } } } } }
                """),
        ];

        Assert.StartsWith($"LlmCostModel:RateCards:c:Models:m:Rules:0{path}: ", Assert.Single(failures), StringComparison.Ordinal);
    }

    /// <summary>An empty list means nothing but that there is none, as in a file that another one fills.</summary>
    [Fact]
    public void Settings_Empty_AreNone()
    {
        LlmCostModelOptions options = new();
        options.AddJson("""{ "RateCards": { "c": { "Currency": "USD", "Models": { "m": { "Aliases": [ ], "PerMillionTokens": { "Input": 1 }, "Rules": [ ], "Never": [ ] } } } }, "Overlays": { } }""", "card");

        Assert.Equal(1m, new CostEstimator(options).Estimate("m", new TokenUsage { Input = 1_000_000 }).Total?.Amount);
    }

    [Theory]
    [MemberData(nameof(Quoted))]
    public void File_NumberInQuotes_IsAFault(string version, string fault) =>
        Assert.Equal($"card:Models:m:{fault}", Refusal($$"""{ "Currency": "USD", "Models": { "m": { {{version}} } } }"""));

    /// <summary>In the application's configuration, every value is text.</summary>
    [Fact]
    public void Configuration_NumberInQuotes_IsANumber()
    {
        const string Json = """{ "LlmCostModel": { "RateCards": { "c": { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": "0.5" } } } } } } }""";
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel(Configuration(Json)).BuildServiceProvider();

        Assert.Equal(0.5m, services.GetRequiredService<ICostEstimator>().Estimate("m", new TokenUsage { Input = 1_000_000 }).Total?.Amount);
    }

    [Theory]
    [MemberData(nameof(NotUnicode))]
    public void File_TextThatIsNotUnicode_IsTheDocumentedException(string what, byte[] json)
    {
        const string Fault = "card: holds a text that is not Unicode: bytes that are not UTF-8, or half of a pair such as \\ud83d. Save the file as UTF-8.";

        Assert.True(Fault == Assert.Throws<RateCardException>(() => RateCardJson.Parse(json, "card")).Message, what);
        Assert.True(Fault == Assert.Throws<RateCardException>(() => new LlmCostModelOptions().AddJson(json, "card")).Message, what);
    }

    [Fact]
    public void Text_WithHalfOfAPair_IsTheDocumentedException() =>
        Assert.StartsWith("card: holds a text that is not Unicode", Refusal("{ \"Currency\": \"USD\", \"Source\": \"\ud83d\" }"), StringComparison.Ordinal);

    /// <summary>Some editors put a byte order mark before UTF-8.</summary>
    [Fact]
    public void File_WithAByteOrderMark_IsRead() =>
        Assert.Single(RateCardJson.Parse((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Card.Replace("REST", "", StringComparison.Ordinal))], "card"));

    private static string Refusal(string json) => Assert.Throws<RateCardException>(() => RateCardJson.Parse(json, "card")).Message;

    private static IEnumerable<string> Failures(string json) => Failures(Configuration(json));

    private static IEnumerable<string> Failures(IConfiguration configuration)
    {
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel(configuration).BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(services.GetRequiredService<ICostEstimator>).Failures;
    }

    private static IConfigurationRoot Configuration(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
}
