using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmCostModel.Logs.Tests.Parquet;

namespace LlmCostModel.Cli.Tests.BadRecords;

/// <summary>Bad records of forty kinds and more in one file of each format: every one is named with its line, or row, and the reason, what
/// stands between them is priced to the last digit, and the exit code is 1.</summary>
public sealed class BadRecordTests : IDisposable
{
    private const decimal OfGood = 0.0035m; // 1000 x 2.50 + 100 x 10, a million

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Csv()
    {
        string[] fields = ["id", "model", "at", "provider", "input", "output", "cacheWrite", "reasoning", "meters.webSearch", "cost"];
        List<(string Row, string? Reason)> rows = [];
        foreach (BadKind kind in BadKinds.OfTexts)
        {
            rows.Add((Row(null), null));
            rows.Add((Row(kind), kind.Reason));
        }

        rows.Add(("short,gpt-4o", "values, and the header 10 names: which is which is not known."));
        rows.Add((Row(null) + ",more", "has 11 values, and the header 10 names: which is which is not known."));
        rows.Add((string.Join(',', fields.Select(field => field is "input" or "output" ? "9223372036854775807" : Good(field))), "add up to more than"));
        rows.Add((Row(null), null));

        string text = string.Join('\n', rows.Select(row => row.Row).Prepend(string.Join(',', fields)));
        Check("calls.csv", Encoding.UTF8.GetBytes(text), "line", [.. rows.Select((row, i) => (i + 2, row.Reason))]);

        string Row(BadKind? kind) => string.Join(',', fields.Select(field => Quoted(field == kind?.Field ? kind.Value : Good(field))));

        static string? Good(string field) =>
            field switch { "model" => "gpt-4o", "at" => "2025-01-20T10:00:00Z", "input" => "1000", "output" => "100", _ => null };

        static string Quoted(string? value) => value?.Contains(',', StringComparison.Ordinal) == true ? $"\"{value}\"" : value ?? "";
    }

    [Fact]
    public void Parquet()
    {
        string[] fields =
            ["model", "at", "provider", "input", "output", "cacheWrite", "reasoning", "cacheRead", "audioInput", "meters.webSearch", "cost"];
        string[] types =
            ["VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "DOUBLE", "VARCHAR", "UBIGINT", "DECIMAL(20,4)", "FLOAT", "VARCHAR", "VARCHAR"];
        BadKind[] kinds =
        [
            .. BadKinds.OfTexts,
            .. Of("input", "-1", "-9223372036854775808"),
            .. Of("output", "-1", "1.5", "0.1"),
            new("output", "1e300", "not a whole number"),
            new("output", "NaN", "output is 'not a number', not a whole number of 0 or more."),
            new("output", "Infinity", "output is '"), new("output", "-Infinity", "output is '-"),
            .. Of("reasoning", "9223372036854775808", "18446744073709551615"),
            .. Of("cacheRead", "-1", "0.5", "1000.0001"),
            .. Of("audioInput", "-1", "0.5"),
            new("audioInput", "NaN", "audioInput is 'not a number'"),
            new("input", "9223372036854775807", "add up to more than"),
        ];
        List<(string Row, string? Reason)> rows = [(Row(null), null)];
        foreach (BadKind kind in kinds)
        {
            rows.Add((Row(kind), kind.Reason));
            rows.Add((Row(null), null));
        }

        string casts = string.Join(", ", fields.Select((field, i) => $"CAST(\"{field}\" AS {types[i]}) AS \"{field}\""));
        string names = string.Join(", ", fields.Select(field => $"\"{field}\""));
        byte[] file = DuckDbFile.Write($"SELECT {casts} FROM (VALUES {string.Join(",\n", rows.Select(row => row.Row))}) t({names})");
        Check("calls.parquet", file, "row", [.. rows.Select((row, i) => (i + 1, row.Reason))]);

        string Row(BadKind? kind) => $"({string.Join(", ", fields.Select(field => Quoted(field == kind?.Field ? kind.Value : Good(field))))})";

        static string? Good(string field) =>
            field switch { "model" => "gpt-4o", "at" => "2025-01-20T10:00:00Z", "input" => "1000", "output" => "100", _ => null };

        static string Quoted(string? value) => value is null ? "NULL" : $"'{value}'";

        static IEnumerable<BadKind> Of(string field, params string[] values) =>
            values.Select(value => new BadKind(field, value, $"{field} is '{value}', not a whole number of 0 or more."));
    }

    [Fact]
    public void UsageLines()
    {
        const string Good = """{"model":"gpt-4o","at":"2025-01-20T10:00:00Z","usage":{"input":1000,"output":100}}""";
        (string Line, string Reason)[] bad =
        [
            .. BadKinds.NoCounts.Select(value => (With(usage: $"\"input\":{BadKinds.ToJson(value)}"), "not a whole number of tokens, 0 or more.")),
            .. BadKinds.NoInstants.Select(value => (Good.Replace("2025-01-20T10:00:00Z", value, StringComparison.Ordinal), $"at is '{value}', not an instant.")),
            (With(model: "acme-99"), "No price for model 'acme-99'."),
            (With(model: ""), "The record has no model."),
            (With(model: " "), "The record has no model."),
            (With(usage: ""), "holds no counts"),
            (With(usage: "\"imput\":5"), "imput"),
            (With(usage: "\"input\":null"), "not a whole number"),
            (With(usage: "\"input\":[1]"), "not a whole number"),
            (With(usage: "\"input\":9223372036854775807,\"output\":9223372036854775807"), "add up to more than"),
            ("""{"usage":{"input":5}}""", "has no model"),
            ("""{"model":7,"usage":{"input":5}}""", "model"),
            ("""{"model":"gpt-4o","at":12,"usage":{"input":5}}""", "at"),
            ("""{"model":"gpt-4o","tier":" ","usage":{"input":5}}""", "tier is empty."),
            ("""{"model":"gpt-4o","usage":{"input":5},"meters":{"webSearch":-1}}""", "meters.webSearch is -1"),
            ("""{"model":"gpt-4o","usage":{"input":5},"meters":{"webSearch":"two"}}""", "meters.webSearch is \"two\""),
            ("""{"model":"gpt-4o","usage":{"input":5},"color":"red"}""", "color"),
            ("""{"model":"gpt-4o","usage":{"input":5}""", "not valid JSON"),
            ("nonsense", "not valid JSON"),
            ("""{"model":"gpt-4o"} x""", "not valid JSON"),
            .. BadKinds.OfHalves.Select(half => (With(model: half), $"model {BadKinds.Half}")),
            ("""{"id":"\ud800","model":"gpt-4o","usage":{"input":5}}""", $"id {BadKinds.Half}"),
            ("""{"model":"gpt-4o","at":"\ud800","usage":{"input":5}}""", $"at {BadKinds.Half}"),
            ("""{"model":"gpt-4o","usage":{"input\ud800":5}}""", $"A name in usage {BadKinds.Half}"),
            ("""{"model":"gpt-4o","usage":{"input":"\ud800"}}""", $"usage.input {BadKinds.Half}"),
            ("""{"model":"gpt-4o","usage":{"input":5},"tags":{"team":"\ud800"}}""", $"tags.team {BadKinds.Half}"),
            ("""{"model":"gpt-4o","usage":{"input":5},"tags":{"\ud800":"x"}}""", $"A name in tags {BadKinds.Half}"),
            ("""{"model":"gpt-4o","usage":{"input":5},"meters":{"\ud800":1}}""", $"A name in meters {BadKinds.Half}"),
            ("""{"model":"gpt-4o","usage":{"input":5},"\ud83d":"x"}""", $"A name {BadKinds.Half}"),
            ("""[{"id":"\ud800","model":"gpt-4o","usage":{"input":5}}]""", $"id {BadKinds.Half}"),
        ];
        List<(string Line, string? Reason)> lines = [(Good, null)];
        foreach ((string line, string reason) in bad)
        {
            lines.Add((line, reason));
            lines.Add((Good, null));
        }

        string text = string.Join('\n', lines.Select(line => line.Line));
        Check("calls.jsonl", Encoding.UTF8.GetBytes(text), "line", [.. lines.Select((line, i) => (i + 1, line.Reason))]);

        static string With(string model = "gpt-4o", string usage = "\"input\":5") =>
            $$$"""{"model":"{{{model}}}","at":"2025-01-20T10:00:00Z","usage":{{{{usage}}}}}""";
    }

    [Fact]
    public void Spans()
    {
        const string Input = "gen_ai.usage.input_tokens";
        (string Line, string Reason)[] bad =
        [
            .. BadKinds.NoCounts.Select(value => (Span((Input, BadKinds.ToJson(value))), $"{Input} is '{value}', not a whole number of 0 or more.")),
            .. BadKinds.NoCounts.Select(value => (Span((Input, "5"), ("gen_ai.usage.cache_read.input_tokens", BadKinds.ToJson(value))), "gen_ai.usage.cache_read.input_tokens")),
            (Span((Input, "5"), ("gen_ai.usage.cache_read.input_tokens", "6")), "cache"),
            (Span((Input, "5"), ("gen_ai.usage.unheard_of_tokens", "6")), "gen_ai.usage.unheard_of_tokens"),
            (Span(("gen_ai.usage.output_tokens", "\"x\"")), "gen_ai.usage.output_tokens"),
            (Span(("gen_ai.response.model", "\"acme-99\""), (Input, "5")), "No price for model 'acme-99'."),
            .. BadKinds.OfHalves.Select(half => (Span(("gen_ai.response.model", $"\"{half}\""), (Input, "5")), BadKinds.Half)),
            (Span((Input, "5"))[..^3], "not valid JSON"),
            ("nonsense", "not valid JSON"),
        ];
        List<(string Line, string? Reason)> lines = [(Good(), null)];
        foreach ((string line, string reason) in bad)
        {
            lines.Add((line, reason));
            lines.Add((Good(), null));
        }

        string text = string.Join('\n', lines.Select(line => line.Line));
        Check("spans.jsonl", Encoding.UTF8.GetBytes(text), "line", [.. lines.Select((line, i) => (i + 1, line.Reason))]);
    }

    private static int _span;

    private static string Good() => Span(("gen_ai.usage.input_tokens", "1000"), ("gen_ai.usage.output_tokens", "100"));

    private static string Span(params (string Name, string Value)[] attributes)
    {
        (string Name, string Value)[] all = [("gen_ai.request.model", "\"gpt-4o\""), .. attributes];
        string written = string.Join(',', all.Select(one => $$$"""{"key":"{{{one.Name}}}","value":{{{Value(one.Value)}}}}"""));
        string id = Interlocked.Increment(ref _span).ToString("x16", CultureInfo.InvariantCulture);
        return $$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{{id}}}{{{id}}}","spanId":"{{{id}}}","name":"chat","startTimeUnixNano":"1737367200000000000","endTimeUnixNano":"1737367201000000000","attributes":[{{{written}}}]}]}]}]}""";

        static string Value(string json) => !BadKinds.IsNumber(json) ? $$"""{"stringValue":{{json}}}"""
            : json.AsSpan().ContainsAny('.', 'e') ? $$"""{"doubleValue":{{json}}}"""
            : $$"""{"intValue":"{{json}}"}""";
    }

    /// <summary>Runs the command over the file.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="file">The file.</param>
    /// <param name="place">What places are called: <c>line</c> or <c>row</c>.</param>
    /// <param name="expected">Where records stand, and of the bad ones a part of the reason.</param>
    private void Check(string name, byte[] file, string place, (int Place, string? Reason)[] expected)
    {
        File.WriteAllBytes(_cli.PathOf(name), file);
        int good = expected.Count(record => record.Reason is null);
        Assert.InRange(expected.Length - good, 40, int.MaxValue);

        CliResult each = CliRunner.Run("price", _cli.PathOf(name), "--each", "--keep-duplicates");
        CliResult all = CliRunner.Run("price", _cli.PathOf(name), "--rejects", _cli.PathOf("rejects.jsonl"));

        JsonElement[] lines = [.. each.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        List<string> wrong = [];
        foreach ((int at, string? reason) in expected)
        {
            JsonElement[] found = [.. lines.Where(line => line.TryGetProperty(place, out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.GetInt32() == at)];
            string said = string.Join(" | ", found.Select(line => $"{line.GetProperty("status")} {(line.TryGetProperty("total", out JsonElement total) ? total : default)} {line.GetProperty("reasons")}"));
            bool isRight = found.Length == 1 && (reason is null
                ? found[0].GetProperty("status").GetString() == "priced" && found[0].GetProperty("total").GetString() == "0.0035"
                : found[0].GetProperty("status").GetString() is "rejected" or "unpriced" or "partial"
                    && string.Concat(found[0].GetProperty("reasons").EnumerateArray().Select(one => one.ToString())).Contains(reason, StringComparison.Ordinal));
            if (!isRight)
            {
                wrong.Add($"{place} {at}: {reason ?? "good"}: {said}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal((1, 1), (each.Code, all.Code));
        decimal partial = lines.Where(line => line.GetProperty("status").GetString() == "partial")
            .Sum(line => line.GetProperty("total").GetString() is { } total ? decimal.Parse(total, CultureInfo.InvariantCulture) : 0);
        Assert.Equal((good * OfGood) + partial, decimal.Parse(all.Json.GetProperty("totals")[0].GetProperty("total").GetString()!, CultureInfo.InvariantCulture));
        Assert.Equal(
            lines.Count(line => line.GetProperty("status").GetString() == "rejected"),
            File.ReadAllLines(_cli.PathOf("rejects.jsonl")).Length);
    }
}
