using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs.Tests.Records;

/// <summary>The short way of reading usage records gives what the long one gives, errors too.</summary>
public class UsageLineTests
{
    private static readonly string[] Members =
    [
        "\"id\":\"a1\"", "\"id\":\"\"", "\"id\":7", "\"id\":\"x\\u00e4\"", "\"id\":\"ä\"", "\"model\":\"gpt-4o\"", "\"model\":\"gpt-4o\"", "\"model\":\"claude-sonnet-4-5\"",
        "\"model\":\"\"", "\"model\":\" \"", "\"model\":null", "\"at\":\"2026-03-01T10:00:00Z\"", "\"at\":\"2024-02-29T23:59:59Z\"", "\"at\":\"2026-02-29T00:00:00Z\"",
        "\"at\":\"2026-03-01T24:00:00Z\"", "\"at\":\"2026-03-01\"", "\"at\":\"2026-03-01T10:00:00.5+02:00\"", "\"at\":\"2026-03-01T10:00:00\"", "\"at\":\"0000-01-01T00:00:00Z\"",
        "\"at\":\"2026-3-01T10:00:000Z\"", "\"provider\":\"azure\"", "\"provider\":\"\"", "\"region\":\"eu\"", "\"tier\":\"Batch\"", "\"tier\":\"priority\"", "\"tier\":\"\"", "\"tier\":\"\\t\"",
        "\"usage\":{\"input\":12}", "\"usage\":{\"input\":12}", "\"usage\": { \"input\" : 12 , \"output\":0 }", "\"usage\":{\"input\":12,\"cacheRead\":3,\"cacheWrite5m\":4,\"output\":5}",
        "\"usage\":{}", "\"usage\":{\"input\":-1}", "\"usage\":{\"input\":1.0}", "\"usage\":{\"input\":1e3}", "\"usage\":{\"input\":01}", "\"usage\":{\"input\":9223372036854775807}",
        "\"usage\":{\"input\":9223372036854775807,\"output\":9223372036854775807}", "\"usage\":{\"input\":999999999999999}", "\"usage\":{\"input\":1,\"input\":2}", "\"usage\":{\"tokens\":1}",
        "\"usage\":{\"Input\":1}", "\"usage\":{\"input\":\"1\"}", "\"usage\":null", "\"usage\":[]", "\"tags\":{\"user\":\"u\"}", "\"tags\":{\"user\":\"u\",\"user\":\"v\"}", "\"tags\":{\"a\":1}", "\"tags\":{}",
        "\"meters\":{\"webSearch\":2}", "\"attributes\":{\"quality\":\"high\"}", "\"attributes\":{}", "\"object\":\"x\"", "\"type\":\"session.created\"", "\"info\":{}", "\"response\":{}",
        "\"sessionId\":\"s\"", "\"created\":1", "\"data\":[]", "\"prompt_tokens\":1",
    ];

    private static readonly string[] Endings = ["}", "}", "}", "} ", "}x", "", ",}", "}}"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    /// <summary>Records of random members, whole and broken, by both ways.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Record_ReadTheShortWay_IsAsTheLongWayReadsIt(int seed)
    {
        Random random = new(seed);
        string log = string.Join('\n', Enumerable.Range(0, 300).Select(_ => Draw(random)));
        LogReaderOptions options = new() { Model = seed % 2 == 0 ? "o1" : null, Asked = seed % 3 == 0 ? new CallContext { Provider = "azure", Tier = "batch" } : default };
        LogReaderOptions slow = new() { Model = options.Model, Asked = options.Asked };
        slow.Formats.Insert(0, new Nothing());

        string[] expected = [.. TextLog.Read(log, slow).Select(record => JsonSerializer.Serialize(record))];

        Assert.Equal(expected, TextLog.Read(log, options).Select(record => JsonSerializer.Serialize(record)));
        Assert.True(expected.Count(record => record.Contains("\"format\":\"usage\"", StringComparison.Ordinal) && !record.Contains("\"fault\"", StringComparison.Ordinal)) > 10);
    }

    /// <summary>Usual records really go the short way.</summary>
    [Theory]
    [InlineData("""{"id":"c1","model":"gpt-4o","at":"2026-03-01T10:00:00Z","usage":{"input":12,"cacheRead":3,"output":5}}""")]
    [InlineData(""" { "model" : "gpt-4o", "usage" : { "input" : 1 }, "tags" : { "user" : "u1" }, "tier" : "batch", "provider":"azure", "region":"eu" } """)]
    public void UsualRecord_IsReadWithoutADocument(string record) =>
        Assert.NotNull(new UsageLine(default, null).Read(Encoding.UTF8.GetBytes(record), out _));

    /// <summary>Texts of any number are given back as they are.</summary>
    [Fact]
    public void TextCache_GivesEveryTextBack()
    {
        TextCache cache = new();
        for (int i = 0; i < 5_000; i++)
        {
            string text = "model-" + (i % 700).ToString(CultureInfo.InvariantCulture);
            Assert.Equal(text, cache.Get(Encoding.ASCII.GetBytes(text)));
        }

        Assert.Same(cache.Get("gpt-4o"u8), cache.Get("gpt-4o"u8));
        Assert.Equal("", cache.Get(""u8));
        Assert.Equal(new string('x', 100), cache.Get(Encoding.ASCII.GetBytes(new string('x', 100))));
    }

    private static string Draw(Random random)
    {
        List<string> members = [.. random.GetItems(Members, random.Next(1, 5))];
        if (random.Next(3) > 0)
        {
            members.Insert(random.Next(members.Count), "\"model\":\"gpt-4o\"");
            members.RemoveAll(member => member.StartsWith("\"model\"", StringComparison.Ordinal) && member != "\"model\":\"gpt-4o\"");
            members.Add("\"usage\":{\"input\":" + random.Next(100_000).ToString(CultureInfo.InvariantCulture) + "}");
        }

        IEnumerable<string> read = random.Next(4) == 0 ? members : members.DistinctBy(member => member.Split(':')[0]);
        return "{" + string.Join(random.Next(5) == 0 ? " ,\t" : ",", read) + random.GetItems(Endings, 1)[0];
    }

    /// <summary>A format of somebody else's, before which usage records are not known.</summary>
    private sealed class Nothing : LogFormat
    {
        public override string Name => "nothing";

        public override string Description => "nothing";

        public override LogFormatReader Open() => new Reader();

        private sealed class Reader : LogFormatReader
        {
            public override IEnumerable<LogEntry>? Read(JsonElement record) => null;
        }
    }
}
