using System.Globalization;
using System.Text;

namespace LlmCostModel.TestData;

/// <summary>Logs of usage records, plain ones and all kinds of others.</summary>
internal sealed class RandomLog(Random random)
{
    /// <summary>Lines that are not plain usage records: some are read all the same, some are not.</summary>
    internal static readonly string[] Odd =
    [
        """{"id":"1","model":"a1","usage":{"input":1}""",
        """{"id":"1","model":"a1","usage":{"input":1}}}""",
        "nonsense",
        "",
        "   ",
        "\uFEFF",
        "null",
        "[]",
        "{}",
        "\"text\"",
        """[{"model":"a1","usage":{"input":3}},{"model":"nobody","usage":{"input":3}}]""",
        """{"model":"a1","usage":{"input":-1}}""",
        """{"model":"a1","usage":{"input":1.5}}""",
        """{"model":"a1","usage":{"input":1e3}}""",
        """{"model":"a1","usage":{"input":"12"}}""",
        """{"model":"a1","usage":{"input":012}}""",
        """{"model":"a1","usage":{"input":null}}""",
        """{"model":"a1","usage":{"input":9223372036854775807}}""",
        """{"model":"a1","usage":{"input":9223372036854775807,"output":9223372036854775807}}""",
        """{"model":"a1","usage":{"input":99999999999999999999999}}""",
        """{"model":"a1","usage":{"input":1,"input":2}}""",
        """{"model":"a1","model":"a2","usage":{"input":1}}""",
        """{"model":"a1","usage":{"tokens":1}}""",
        """{"model":"a1","usage":{}}""",
        """{"model":"a1","usage":[]}""",
        """{"model":"a1"}""",
        """{"usage":{"input":1}}""",
        """{"model":"","usage":{"input":1}}""",
        """{"model":" ","usage":{"input":1}}""",
        """{"model":"a1","tier":"","usage":{"input":1}}""",
        """{"model":"a1","at":"yesterday","usage":{"input":1}}""",
        """{"model":"a1","at":"2026-02-30T00:00:00Z","usage":{"input":1}}""",
        """{"model":"a1","at":"2026-02-03T00:00:00","usage":{"input":1}}""",
        """{"model":"a1","at":"2026-02-03","usage":{"input":5}}""",
        """{"model":"a1","at":"2026-02-03T04:05Z","usage":{"input":5}}""",
        """{"model":"a1","at":null,"usage":{"input":1}}""",
        """{"model":"a1","usage":{"input":1},"tokens":4}""",
        """{"model":"a1","usage":{"input":1},"attributes":{"quality":"high"}}""",
        """{"model":"a1","usage":{"input":1},"meters":{"webSearch":2}}""",
        """{"model":"a1","usage":{"input":1},"tags":{"user":7}}""",
        """{"model":"a1","usage":{"input":1},"tags":{"user":"x","user":"y"}}""",
        """{"model":"a1","usage":{"input":1},"tags":{}}""",
        """{"model":"a1","usage":{"input":1},"tags":{"user":"caf\u00e9"}}""",
        """{"model":"a1","usage":{"input":1},"tags":{"user":"café"}}""",
        """{"model":"a1","usage":{"input":1},"tags":{"user":"\uD800"}}""",
        """{"model":"nobody","usage":{"input":1}}""",
        """{"model":"unpriced","usage":{"input":1,"output":5}}""",
        """{"id":"r1","object":"chat.completion","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""",
        """{"id":"7","object":"chat.completion","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""",
    ];

    private static readonly string[] Models =
        ["a1", "a1", "a2", "a3", "e1", "gpt-4o", "claude-sonnet-4-5", "deepseek-reasoner", "deepseek-chat", "o1", "both", "a1-latest", "unpriced", "nobody"];

    private static readonly string[] Counts =
        ["input", "cacheRead", "output", "reasoning", "cacheWrite", "cacheWrite5m", "cacheWrite1h", "audioInput", "imageOutput"];

    private static readonly string[] TagNames = ["user", "team", "session"];

    /// <summary>A log of some lines.</summary>
    internal string Write(int lines, int oddInHundred, bool hasIds)
    {
        StringBuilder log = new();
        string end = Pick("\n", "\n", "\r\n");
        string? last = null;
        Func<string> shape = Shape(hasIds);
        for (int i = 0; i < lines; i++)
        {
            bool isOdd = random.Next(100) < oddInHundred;
            string line = isOdd ? Odd[random.Next(Odd.Length)] : last is not null && random.Next(20) == 0 ? last : shape();
            last = isOdd ? last : line;
            shape = random.Next(40) == 0 ? Shape(hasIds) : shape;
            log.Append(line).Append(isOdd && random.Next(20) == 0 ? Pick("\r", "\n\n", " \n", "\r\r\n") : end);
        }

        return random.Next(3) == 0 ? log.ToString().TrimEnd('\n') : log.ToString();
    }

    /// <summary>Records of one program: the same members in the same order.</summary>
    private Func<string> Shape(bool hasIds)
    {
        List<Func<string>> members = [() => Member("model", Pick(Models)), Usage(random.Next(1, 5))];
        Maybe(hasIds ? 90 : 0, () => Member("id", Number(40)));
        Maybe(85, () => Member("at", Instant()));
        Maybe(30, () => Member("tier", Pick("batch", "standard", "standard", "flex", "Batch")));
        Maybe(20, () => Member("provider", Pick("acme", "acme", "openai", "nowhere", "")));
        Maybe(10, () => Member("region", Pick("us", "eu", "")));
        Maybe(60, Tags());
        string blank = Pick("", "", " ");
        Func<string>[] shuffled = [.. members.OrderBy(_ => random.Next())];
        return () => $"{{{blank}{string.Join($",{blank}", shuffled.Select(member => member()))}}}";

        void Maybe(int inHundred, Func<string> member)
        {
            if (random.Next(100) < inHundred)
            {
                members.Add(member);
            }
        }
    }

    private Func<string> Usage(int buckets)
    {
        string[] names = [.. Counts.OrderBy(_ => random.Next()).Take(buckets)];
        int most = Pick(10, 1_000, 300_000);
        return () => $"\"usage\":{{{string.Join(',', names.Select(name => $"\"{name}\":{Number(most)}"))}}}";
    }

    private Func<string> Tags()
    {
        string[] names = [.. TagNames.OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
        return () => $"\"tags\":{{{string.Join(',', names.Select(name => $"\"{name}\":\"{name}{Number(3)}\""))}}}";
    }

    private string Instant()
    {
        DateTime at = new DateTime(2026, 1, 1).AddMinutes(random.Next(6 * 30 * 24 * 60)).AddTicks(random.Next(10_000_000));
        string format = Pick("yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ss.fffffff");
        return at.ToString(format, CultureInfo.InvariantCulture) + Pick("Z", "Z", "+02:00", "-05:30");
    }

    private string Number(int below) => random.Next(below).ToString(CultureInfo.InvariantCulture);

    private static string Member(string name, string value) => $"\"{name}\":\"{value}\"";

    private T Pick<T>(params T[] of) => of[random.Next(of.Length)];
}
