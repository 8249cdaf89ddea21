using LlmCostModel.TestData;

namespace LlmCostModel.Cli.Tests;

/// <summary>However many threads read a log, the command says the same as one that looks at every record.</summary>
public sealed class PriceThreadsTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Output_IsThatOfEveryRecord()
    {
        string rates = _cli.Write("rates.json", """
            { "RateCards": {
              "acme": { "Provider": "acme", "Currency": "USD", "Models": {
                "a1": { "PerMillionTokens": { "Input": 1.25, "CacheRead": 0.125, "CacheWrite": 1.5, "Output": 10, "Reasoning": 10 } },
                "a2": { "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "CacheWrite5m": 2.5, "Output": 8 },
                  "Rules": [ { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ] } } },
              "other": { "Provider": "other", "Currency": "EUR", "Models": { "e1": { "PerMillionTokens": { "Input": 1, "CacheRead": 2, "Output": 3 } } } } } }
            """);
        string[][] ways =
        [
            [],
            ["--group-by", "user,day", "--time-zone", "America/New_York", "--sort", "total"],
            ["--group-by", "tier,file", "--from", "2026-02-01", "--to", "2026-05-01"],
            ["--group-by", "provider", "--keep-duplicates"],
            ["--group-by", "month", "--tier", "batch", "--at", "2026-03-01"],
            ["--group-by", "tag:session", "--strict"],
            ["--currency", "EUR"],
            ["--model", "a1"],
            ["--api", "usage"],
            ["--map", "model=model"],
        ];
        for (int seed = 0; seed < 40; seed++)
        {
            RandomLog log = new(new Random(seed));
            string one = _cli.Write("one.jsonl", log.Write(200, seed % 4 * 5, hasIds: true));
            string two = _cli.Write("two.jsonl", log.Write(100, 2, hasIds: true));
            foreach (string format in (string[])["json", "table", "csv"])
            {
                string[] args = ["price", one, two, "--rates", rates, "--format", format, "--rejects", _cli.PathOf("rejects"), .. ways[seed % ways.Length]];
                CliResult expected = CliRunner.RunRecordByRecord(args);
                string? rejects = Rejects();

                CliResult found = CliRunner.Run([.. args, "--threads", $"{(seed % 3) + 1}"]);

                Assert.Equal(expected, found);
                Assert.Equal(rejects, Rejects());
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65")]
    public void Threads_ThatAreNot1To64_AreRefused(string threads)
    {
        CliResult result = CliRunner.RunWith("", "price", "-", "--threads", threads);

        Assert.Equal(2, result.Code);
        Assert.Contains($"--threads is {threads}. Give 1 to 64.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("1.5")]
    public void Threads_ThatAreNotANumber_AreRefused(string threads) =>
        Assert.Equal(2, CliRunner.RunWith("", "price", "-", "--threads", threads).Code);

    private string? Rejects()
    {
        string path = _cli.PathOf("rejects");
        string? text = File.Exists(path) ? File.ReadAllText(path) : null;
        File.Delete(path);
        return text;
    }
}
