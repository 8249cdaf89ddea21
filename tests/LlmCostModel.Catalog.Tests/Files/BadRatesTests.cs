using System.IO.Compression;
using System.Text;

namespace LlmCostModel.Catalog.Tests.Files;

/// <summary>Every kind of bad rates with its outcome: what is wrong is refused with its place, what is doubtful is warned about, and
/// nothing else is lost. Numbers are those of the list of bad inputs that reliability is measured by.</summary>
public sealed class BadRatesTests : IDisposable
{
    private const string Priced = "\"PerMillionTokens\": { \"Input\": 1, \"Output\": 2 }";

    private readonly string _folder = Directory.CreateTempSubdirectory("bad-rates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<int, string, string> Refused => new()
    {
        { 23, Model(new string('[', 100) + new string(']', 100)), "is not valid JSON" },
        { 24, Price("-1"), "'-1' is negative; a price must be 0 or more." },
        { 25, Price("NaN"), "is not valid JSON" },
        { 25, Price("\"NaN\""), "'NaN' is not a price." },
        { 25, Price("\"Infinity\""), "'Infinity' is not a price." },
        { 25, Price("1e400"), "'1e400' is not a price." },
        { 26, Price("1e-29"), "is too precise: at most 22 decimals and 28 digits are exact." },
        { 26, Price("1.234567890123456789012345678901234"), "is too precise: at most 22 decimals and 28 digits are exact." },
        { 27, Price("8e28"), "'8e28' is not a price." },
        { 29, Price("\"0.5\""), "is a JSON string, not a number" },
        { 31, Model("{ \"PerMillionTokens\": { \"Inptu\": 1, \"Output\": 2 } }"), "the name 'Inptu' is not known. Did you mean 'Input'?" },
        { 32, Models($"\"a\": {{ {Priced} }}, \"a\": {{ {Priced} }}"), "is not valid JSON: Duplicate property 'a'" },
        { 32, Models($"\"a\": {{ {Priced} }}, \"b\": {{ \"Aliases\": [ \"a\" ], {Priced} }}"), "is an alias that" },
        { 32, Models($"\"a\": {{ {Priced} }}, \"A\": {{ \"PerMillionTokens\": {{ \"Input\": 3, \"Output\": 4 }} }}"), "differs" },
        { 33, Models($"\"a\": {{ \"Aliases\": [ \"b\" ], {Priced} }}, \"b\": {{ \"Aliases\": [ \"a\" ], {Priced} }}"), "is an alias that" },
        { 34, Models($"\"\": {{ {Priced} }}"), "is an empty id" },
        { 34, Models($"\"{new string('x', 10_000)}\": {{ {Priced} }}"), "256" },
        { 34, Models($"\"a\\u0000b\": {{ {Priced} }}"), "character" },
        { 34, Models($"\"a\\u202eb\": {{ {Priced} }}"), "character" },
        { 34, Models($"\"cafe\\u0301\": {{ {Priced} }}"), "Unicode" },
        { 35, Rules("{ \"Name\": \"a\", \"When\": { \"TotalInputAbove\": 10, \"TotalInputUpTo\": 5 }, \"Multiply\": 2 }"), "TotalInput" },
        { 35, Rules("{ \"Name\": \"a\", \"When\": { \"TotalInputAbove\": 10 }, \"Mode\": \"Marginal\", \"PerMillionTokens\": { \"Input\": 2 } }, { \"Name\": \"b\", \"When\": { \"TotalInputAbove\": 10 }, \"Mode\": \"Marginal\", \"PerMillionTokens\": { \"Input\": 3 } }"), "10" },
        { 36, Model($"{{ \"From\": \"2026-02-01\", \"Until\": \"2026-01-01\", {Priced} }}"), "Until" },
        { 36, Model($"{{ \"Versions\": [ {{ \"Until\": \"2026-02-01\", {Priced} }}, {{ \"From\": \"2026-01-01\", {Priced} }} ] }}"), "is before the version ahead of it ends" },
        { 36, Model($"{{ \"From\": \"2026-01-01T00:00\", {Priced} }}"), "2026-01-01T00:00" },
        { 38, "{ \"Currency\": \"USD\", }", "is not valid JSON" },
        { 38, "{ \"Currency\": \"USD\"", "is not valid JSON" },
        { 38, Model($"{{ {Priced} }}") + " {}", "is not valid JSON" },
        { 38, "", "is empty, or no regular file" },
        { 38, "[]", "object" },
        { 38, "null", "object" },
        { 39, "{ \"error\": { \"message\": \"not found\" } }", "error" },
        { 39, "{}", "has no rate card" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Rates_ThatAreBad_AreRefusedWithTheirPlace(int number, string text, string fault)
    {
        _ = number; // the row of that list
        string path = Write(Encoding.UTF8.GetBytes(text));

        RateCardException refusal = Assert.Throws<RateCardException>(() => CatalogFile.Load(path));

        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("rates.json", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<int, string, string> Accepted => new()
    {
        { 24, Price("-0.0"), "0 USD" },
        { 28, Price("3000000"), "3 USD" }, // and warned about: see below
        { 30, Price("0"), "0 USD" },
        { 38, "/* as in the settings of an application */ " + Price("0"), "0 USD" },
        { 30, Model("{ \"PerMillionTokens\": { \"Output\": 2 } }"), "unpriced" },
        { 30, Price("null"), "unpriced" },
        { 34, Models($"\"../m\": {{ {Priced} }}"), "0.000001 USD" },
    };

    /// <summary>One token of input: what is free is 0, what has no price is not.</summary>
    [Theory]
    [MemberData(nameof(Accepted))]
    public void Rates_ThatAreValid_SayWhatTheyMean(int number, string text, string cost)
    {
        _ = number; // the row of that list
        CostEstimator estimator = new(CatalogFile.Load(Write(Encoding.UTF8.GetBytes(text))));

        CostEstimate estimate = estimator.Estimate(text.Contains("../m", StringComparison.Ordinal) ? "../m" : "m", new TokenUsage { Input = 1 });

        Assert.Equal(cost, estimate.Status == CostStatus.Priced ? estimate.Total.ToString() : "unpriced");
    }

    /// <summary>27, 28: 3 USD a token where 3 USD a million are meant, and what no price is.</summary>
    [Theory]
    [InlineData("3000000", "3000000")]
    [InlineData("1e28", "10000000000000000000000000000")]
    public void Price_FarAboveAnyOther_IsWarnedAbout(string price, string shown)
    {
        RateCardJson.Parse(Price(price), "rates.json", out IReadOnlyList<InputFault> warnings);

        InputFault warning = Assert.Single(warnings, warning => warning.Path.EndsWith(":Input", StringComparison.Ordinal));
        Assert.Equal($"rates.json:Models:m:PerMillionTokens:Input: '{shown}' is above 1000 USD per 1,000,000 tokens. Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.", warning.ToString());
    }

    /// <summary>21, 22: more than the limit, packed or not, is refused before it is read whole.</summary>
    [Fact]
    public void File_BeyondTheLimit_IsRefused()
    {
        string large = Write(new byte[CatalogFile.MaxBytes + 1]);
        Assert.Contains("16777216", Assert.Throws<RateCardException>(() => CatalogFile.Load(large)).Message, StringComparison.Ordinal);

        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] blanks = new byte[1 << 20];
            Array.Fill(blanks, (byte)' ');
            for (int i = 0; i < 64; i++)
            {
                gzip.Write(blanks);
            }
        }

        string bomb = Write(packed.ToArray());
        Assert.InRange(packed.Length, 1, 1 << 17);
        Assert.Contains("16777216", Assert.Throws<RateCardException>(() => CatalogFile.Load(bomb)).Message, StringComparison.Ordinal);
    }

    /// <summary>38: UTF-8 with a byte order mark is read, UTF-16 is refused.</summary>
    [Fact]
    public void Encoding_OtherThanUtf8_IsRefused()
    {
        string text = Model($"{{ {Priced} }}");

        Assert.Single(CatalogFile.Load(Write([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)])));
        Assert.Contains("rates.json", Assert.Throws<RateCardException>(() => CatalogFile.Load(Write(Encoding.Unicode.GetBytes(text)))).Message, StringComparison.Ordinal);
    }

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder, "rates.json");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Models(string models) => $"{{ \"Currency\": \"USD\", \"Provider\": \"p\", \"Models\": {{ {models} }} }}";

    private static string Model(string model) => Models($"\"m\": {model}");

    private static string Price(string input) => Model($"{{ \"PerMillionTokens\": {{ \"Input\": {input}, \"Output\": 2 }} }}");

    private static string Rules(string rules) => Model($"{{ {Priced}, \"Rules\": [ {rules} ] }}");
}
