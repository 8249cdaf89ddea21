using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>Which calls count, by what they are grouped, and how much of the sum is missing.</summary>
public class SummaryOptionTests
{
    // o1: 1 M x 15 = 15, 0.1 M x 15 = 1.5, 2 M x 15 = 30. 2025-01-27 is a Monday; 20:08 in Los Angeles is 04:08 of the next day in UTC.
    private const string Log = """
        {"model":"o1","at":"2025-01-26T23:30:00Z","usage":{"input":1000000},"tags":{"user":"ann"}}
        {"model":"o1","at":"2025-01-27T20:08:00-08:00","usage":{"input":100000},"tags":{"user":"bob"}}
        {"model":"o1","at":"2025-02-03T10:00:00Z","usage":{"input":2000000}}
        """;

    [Theory]
    [InlineData("hour", null, "2025-01-26T23:00 15, 2025-01-27T20:00 1.5, 2025-02-03T10:00 30")]
    [InlineData("day", null, "2025-01-26 15, 2025-01-27 1.5, 2025-02-03 30")]
    [InlineData("day", "UTC", "2025-01-26 15, 2025-01-28 1.5, 2025-02-03 30")]
    [InlineData("day", "America/Los_Angeles", "2025-01-26 15, 2025-01-27 1.5, 2025-02-03 30")]
    [InlineData("day", "Asia/Tokyo", "2025-01-27 15, 2025-01-28 1.5, 2025-02-03 30")]
    [InlineData("week", null, "2025-W04 15, 2025-W05 1.5, 2025-W06 30")]
    [InlineData("week", "Asia/Tokyo", "2025-W05 16.5, 2025-W06 30")]
    [InlineData("month", null, "2025-01 16.5, 2025-02 30")]
    [InlineData("user", null, " 30, ann 15, bob 1.5")]
    [InlineData("file", null, "- 46.5")]
    public void Groups_AreByTheCallsOwnTime_OrTheZone(string key, string? zone, string expected)
    {
        string[] args = ["price", "-", "--group-by", key, .. zone is null ? [] : new[] { "--time-zone", zone }];

        Assert.Equal(expected, Groups(CliRunner.RunWith(Log, args), key));
    }

    /// <summary>A call that states no time has the prices of now, and is in no hour, day, week or month, however many threads read; unless
    /// --at says one for all.</summary>
    [Theory]
    [InlineData("hour")]
    [InlineData("day")]
    [InlineData("week")]
    [InlineData("month")]
    public void Call_WithoutATime_IsInAGroupOfNone(string key)
    {
        string now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        string log = $$$"""
            {"model":"gpt-4o","at":"{{{now}}}","usage":{"input":1000000}}
            {"model":"gpt-4o","usage":{"input":2000000}}
            {"id":"x","object":"chat.completion","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":4000000,"completion_tokens":0,"total_tokens":4000000}}
            """;

        foreach (string threads in (string[])["1", "2"])
        {
            CliResult json = CliRunner.RunWith(log, "price", "-", "--group-by", key, "--threads", threads, "--format", "json");
            CliResult table = CliRunner.RunWith(log, "price", "-", "--group-by", key, "--threads", threads, "--format", "table");

            JsonElement none = Assert.Single(
                json.Json.GetProperty("groups").EnumerateArray(),
                group => group.GetProperty("key").GetProperty(key).ValueKind == JsonValueKind.Null);
            Assert.Equal((2, "15"), (none.GetProperty("requests").GetInt32(), none.GetProperty("total").GetString())); // 6 M at 2.50
            Assert.Equal(2, json.Json.GetProperty("groups").GetArrayLength());
            Assert.Contains("(none)", table.Output, StringComparison.Ordinal);
        }

        CliResult said = CliRunner.RunWith(log, "price", "-", "--group-by", key, "--at", "2026-06-01");
        Assert.DoesNotContain(
            said.Json.GetProperty("groups").EnumerateArray(), group => group.GetProperty("key").GetProperty(key).ValueKind == JsonValueKind.Null);
    }

    /// <summary>A request that failed before any model answered names none: null, and not an empty name.</summary>
    [Fact]
    public void Call_WithoutAModel_IsInAGroupOfNone()
    {
        const string Failed = """{"custom_id":"c","id":"b","response":{"status_code":500,"request_id":"y","body":{"error":{"message":"boom"}}},"error":null}""";

        CliResult json = CliRunner.RunWith(Failed, "price", "-", "--group-by", "model", "--format", "json");
        CliResult table = CliRunner.RunWith(Failed, "price", "-", "--group-by", "model", "--format", "table");

        JsonElement group = Assert.Single(json.Json.GetProperty("groups").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, group.GetProperty("key").GetProperty("model").ValueKind);
        Assert.Contains("(none)", table.Output, StringComparison.Ordinal);
    }

    /// <summary>From is inside, to is not; a call without a time is not between two instants.</summary>
    [Theory]
    [InlineData("15, 1.5, 30", 0)]
    [InlineData("1.5, 30", 2, "--from", "2025-01-27")]
    [InlineData("15, 1.5, 30", 1, "--from", "2025-01-27", "--time-zone", "Asia/Tokyo")] // which begins 9 hours earlier there
    [InlineData("15", 3, "--to", "2025-01-28", "--time-zone", "Asia/Tokyo")]
    [InlineData("15", 3, "--to", "2025-01-28T04:08:00Z")]
    [InlineData("1.5", 3, "--from", "2025-01-28T04:08:00Z", "--to", "2025-02-03T10:00:00Z")]
    public void Calls_OutsideOfAPeriod_AreLeftOut_AndCounted(string expected, int leftOut, params string[] period)
    {
        string undated = leftOut == 0 ? "" : "\n" + """{"model":"o1","usage":{"input":1}}""";

        CliResult result = CliRunner.RunWith(Log + undated, ["price", "-", "--group-by", "day", .. period]);

        Assert.Equal(expected, string.Join(", ", result.Json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("total").GetString())));
        Assert.Equal(
            leftOut == 0 ? [] : [$"{leftOut} {(leftOut == 1 ? "call is" : "calls are")} left out by --from and --to: before, after, or without a time."],
            result.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
    }

    [Fact]
    public void Sort_AndTop_ChooseGroups_AndTheTotalStays()
    {
        CliResult result = CliRunner.RunWith(Log, "price", "-", "--group-by", "day", "--sort", "total", "--top", "1");

        Assert.Equal("2025-02-03 30", Groups(result, "day"));
        Assert.Equal("46.5", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
        Assert.Contains("2 groups more\n", CliRunner.RunWith(Log, "price", "-", "--group-by", "day", "--top", "1", "--format", "table").Output, StringComparison.Ordinal);
    }

    /// <summary>A sum that lacks something is a lower bound wherever it is shown, and a reason is one however often it occurs.</summary>
    [Fact]
    public void IncompleteTotal_SaysAtLeast_AndReasonsComeOnce()
    {
        string log = Log + "\n{broken\n" + string.Concat(Enumerable.Repeat("""{"model":"acme-1","at":"2025-03-01","usage":{"input":5}}""" + "\n", 500))
            + """{"model":"acme-1","at":"2025-03-04T05:06:07Z","usage":{"input":5}}""";

        CliResult json = CliRunner.RunWith(log, "price", "-");
        string table = CliRunner.RunWith(log, "price", "-", "--format", "table").Output;

        JsonElement total = json.Json.GetProperty("totals")[0];
        Assert.Equal(("46.5", "partial", 0, 501), (total.GetProperty("total").GetString(), total.GetProperty("status").GetString(), total.GetProperty("partial").GetInt32(), total.GetProperty("unpriced").GetInt32()));
        JsonElement reason = Assert.Single(json.Json.GetProperty("groups")[0].GetProperty("reasons").EnumerateArray());
        Assert.Equal(
            ("acme-1", 501, "2025-03-01T00:00:00Z", "2025-03-04T05:06:07Z"),
            (reason.GetProperty("model").GetString(), reason.GetProperty("count").GetInt32(), reason.GetProperty("first").GetString(), reason.GetProperty("last").GetString()));
        Assert.Equal((505, 504, 1), (json.Json.GetProperty("records").GetInt32(), json.Json.GetProperty("calls").GetInt32(), json.Json.GetProperty("rejected").GetInt32()));
        Assert.Contains("total: at least 46.50 USD: 501 calls without a price, 1 record rejected\n", table, StringComparison.Ordinal);
        Assert.Single(table.Split('\n'), line => line.StartsWith("No price for model 'acme-1'", StringComparison.Ordinal) && line.EndsWith("(501 calls)", StringComparison.Ordinal));
    }

    [Fact]
    public void KeepDuplicates_CountsEveryRecord()
    {
        string log = string.Join('\n', Enumerable.Repeat("""{"id":"chatcmpl-1","object":"chat.completion","created":1737936000,"model":"o1","choices":[],"usage":{"prompt_tokens":100000,"completion_tokens":0,"total_tokens":100000}}""", 3));

        Assert.Equal("1.5", CliRunner.RunWith(log, "price", "-").Json.GetProperty("totals")[0].GetProperty("total").GetString());
        Assert.Equal("4.5", CliRunner.RunWith(log, "price", "-", "--keep-duplicates").Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    [Theory]
    [InlineData("'Europe/Nowhere' is not a time zone. Write a name such as Europe/Berlin or UTC.", "--time-zone", "Europe/Nowhere", "--group-by", "day")]
    [InlineData("--from is not before --to, so that no call is between them.", "--from", "2025-01-02", "--to", "2025-01-02")]
    [InlineData("'size' is not an order. Use key, total, calls, input or output.", "--sort", "size")]
    [InlineData("--top shows 1 group or more.", "--top", "0")]
    [InlineData("--each writes every record, and --top sums of them. Give one of the two.", "--each", "--top", "3")]
    public void WrongUse_IsRefusedBeforeAnythingIsPriced(string message, params string[] args)
    {
        CliResult result = CliRunner.RunWith(Log, ["price", "-", .. args]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static string Groups(CliResult result, string key) => string.Join(", ", result.Json.GetProperty("groups").EnumerateArray()
        .Select(group => $"{group.GetProperty("key").GetProperty(key).GetString()} {group.GetProperty("total").GetString()}"));
}
