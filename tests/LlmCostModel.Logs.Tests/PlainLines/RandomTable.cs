using System.Globalization;

namespace LlmCostModel.Logs.Tests.PlainLines;

/// <summary>Tables of calls as exports write them, with rows among them that are written otherwise or cannot be read.</summary>
internal sealed class RandomTable(Random random)
{
    private static readonly string[] Models = ["a1", "a1-latest", "a2", "a3", "both", "e1", "gpt-4o", "claude-sonnet-4-5", "unpriced", "nobody"];
    private static readonly string[] Nothing = ["", "", "null", "None", "NaN", "\\N", " "];

    private static readonly string[][] Headers =
    [
        ["id", "model", "at", "input", "cacheRead", "output", "user"],
        ["model", "input", "output"],
        ["created_at", "model", "prompt_tokens", "cached_tokens", "completion_tokens", "reasoning_tokens", "team", "latency"],
        ["request_id", "model_name", "provider", "region", "service_tier", "input", "cacheWrite5m", "cacheWrite1h", "output", "metadata"],
        ["timestamp", "model", "batch", "totalInput", "cacheRead", "totalOutput", "reasoning", "labels", "note"],
        ["model", "input", "output", "cost"],
    ];

    /// <summary>Writes a table.</summary>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="odd">How many of a hundred are not as the others.</param>
    public string Write(int rows, int odd)
    {
        string[] columns = Headers[random.Next(Headers.Length)];
        string delimiter = random.Next(4) switch { 0 => ";", 1 => "\t", _ => "," };
        string end = random.Next(3) == 0 ? "\r\n" : "\n";
        bool isQuoted = random.Next(4) == 0;
        string header = string.Join(delimiter, columns.Select(name => isQuoted && random.Next(2) == 0 ? $"\"{name}\"" : name));
        string text = (random.Next(6) == 0 ? "\uFEFF" : "") + (random.Next(6) == 0 ? end : "") + header + end;
        for (int i = 0; i < rows; i++)
        {
            text += Row(columns, delimiter, isQuoted, isOdd: random.Next(100) < odd) + (i == rows - 1 && random.Next(2) == 0 ? "" : end);
        }

        return text;
    }

    private string Row(string[] columns, string delimiter, bool isQuoted, bool isOdd)
    {
        int place = isOdd ? random.Next(columns.Length) : -1;
        string[] values = [.. columns.Select((name, i) => i == place ? Odd(name) : isQuoted ? $"\"{Value(name)}\"" : Value(name))];
        string row = string.Join(delimiter, values);
        return !isOdd || random.Next(3) > 0 ? row : random.Next(8) switch
        {
            0 => "",
            1 => row + delimiter + "more",
            2 => string.Join(delimiter, values[1..]),
            3 => string.Join(delimiter, values.Select(_ => "")),
            4 => " ",
            5 => random.Next(20) == 0 ? row + "\"" : row,
            6 => row.Replace("a", "\u00E4", StringComparison.Ordinal),
            _ => row + "\r" + row,
        };
    }

    private string Value(string column) => column switch
    {
        "id" or "request_id" => random.Next(10) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"call-{random.Next(60)}"),
        "model" or "model_name" => Models[random.Next(Models.Length)],
        "provider" => random.Next(3) switch { 0 => "", 1 => "acme", _ => "other" },
        "region" => random.Next(2) == 0 ? "" : "us",
        "service_tier" => random.Next(3) switch { 0 => "batch", 1 => "standard", _ => "" },
        "batch" => random.Next(4) switch { 0 => "1", 1 => "true", 2 => "false", _ => "" },
        "at" or "created_at" or "timestamp" => At().ToString(random.Next(2) == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        "user" or "team" or "metadata" or "labels" => random.Next(4) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"u {random.Next(4)}"),
        "note" => random.Next(3) == 0 ? "" : "as it was",
        "latency" => "12.5",
        "cost" => random.Next(2) == 0 ? "" : "0.01",
        "totalInput" or "prompt_tokens" => Count(300_000),
        _ => random.Next(3) == 0 ? Count(10) : Count(90_000),
    };

    /// <summary>What is written another way, says nothing, or cannot be read.</summary>
    private string Odd(string column) => random.Next(12) switch
    {
        0 => Nothing[random.Next(Nothing.Length)],
        1 => "-1",
        2 => "1.5",
        3 => "007",
        4 => " " + Value(column),
        5 => "\"with \"\"quotes\"\"\"",
        6 => "\"on\ntwo lines\"",
        7 => "{\"a\":1}",
        8 => "1e3",
        9 => "2026-03-04 05:06:07",
        10 => "99999999999999999999",
        _ => random.Next(20) == 0 ? "\"open" : "1767225600",
    };

    private string Count(int most) => random.Next(most).ToString(CultureInfo.InvariantCulture);

    private DateTimeOffset At() =>
        new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(200_000)).ToOffset(TimeSpan.FromMinutes(random.Next(-8, 9) * 30));
}
