using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary>What <c>llmcost breakeven</c> can be asked.</summary>
internal static class BreakEvenQuestions
{
    private const decimal HighestWrite = 2.5m;

    private static readonly BreakEvenInput Write = new("--write", "the multiplier of a cache write, such as 1.25")
    {
        FromModel = (prices, bucket) => prices.WriteMultiplier(bucket),
        Suspect = value => value > HighestWrite ? Multiple("--write", value, "1.25 or 2") : null,
    };

    private static readonly BreakEvenInput Read = new("--read", "the multiplier of a cache read, such as 0.1")
    {
        FromModel = (prices, _) => prices.ReadMultiplier,
        Suspect = value => value > 1 ? Multiple("--read", value, "0.02 to 0.5") : null,
    };

    private static readonly BreakEvenInput PerMillionInput = new("--input", "input per million")
    {
        FromModel = (prices, _) => prices.Input,
    };

    private static readonly BreakEvenInput Hourly = new("--hourly", "what the machines or the unit cost an hour");

    internal static readonly BreakEvenQuestion[] All =
    [
        new(
            "cache",
            "how many requests must share a prefix before caching it pays",
            [Write, Read],
            v => BreakEven.FindCacheRequests(v[0], v[1])),
        new(
            "cache-reads",
            "how many reads each cache write must serve",
            [Write, Read],
            v => BreakEven.FindCacheReadsPerWrite(v[0], v[1])),
        new(
            "hit-rate",
            "which hit rate caching needs in steady traffic",
            [
                Write,
                Read,
                new("--instead", "the multiplier of what is given up: 0.5 for a batch at half price", 1)
                {
                    Suspect = value => value > 1 ? Multiple("--instead", value, "1 without a cache, 0.5 in a batch") : null,
                },
            ],
            v => BreakEven.FindCacheHitRate(v[0], v[1], v[2])),
        new("keep-alive", "how many pings may keep an entry alive", [Write, Read], v => BreakEven.FindKeepAlivePings(v[0], v[1])),
        new(
            "keep-alive-probability",
            "how likely the entry must be wanted for one more ping",
            [Write, Read],
            v => BreakEven.FindKeepAliveProbability(v[0], v[1])),
        new(
            "storage",
            "how many calls pay for a cache whose storage is billed by the hour",
            [
                PerMillionInput,
                new("--read", "cache read per million") { FromModel = (prices, _) => prices.Read },
                new("--storage", "storage per million and hour") { FromModel = (prices, _) => prices.Storage },
                new("--hours", "how long it is kept", 1),
            ],
            v => BreakEven.FindCacheStorageCalls(v[0], v[1], v[2], v[3])),
        new(
            "provisioned",
            "how busy provisioned throughput must be",
            [
                Hourly,
                new("--tokens-per-minute", "input tokens a minute at full load"),
                new("--input", "input per million when paid by token") { FromModel = (prices, _) => prices.Input },
            ],
            v => BreakEven.FindProvisionedLoad(v[0], v[1], v[2])),
        new(
            "self-host",
            "how busy your own machines must be",
            [Hourly, new("--api-hourly", "what the API would charge for an hour of full load")],
            v => BreakEven.FindSelfHostingLoad(v[0], v[1])),
        new(
            "self-host-requests",
            "how many requests an hour your own machines must serve",
            [Hourly, new("--per-request", "what the API charges for a request")],
            v => BreakEven.FindSelfHostingRequests(v[0], v[1])),
        new(
            "fine-tune",
            "how many requests pay back work that is paid once",
            [
                new("--once", "what the work costs"),
                new("--before", "what a request costs without it"),
                new("--after", "what a request costs with it"),
            ],
            v => BreakEven.FindPayback(v[0], v[1], v[2])),
        new(
            "batch",
            "how many requests make a batch worth running",
            [
                new("--per-batch", "what running a batch costs beside its requests"),
                new("--per-request", "what a request costs at the standard tier"),
                new("--multiplier", "what of it a batch charges; default 0.5, or the model's")
                {
                    FromModel = (prices, _) => prices.BatchMultiplier,
                    Otherwise = 0.5m,
                },
            ],
            v => BreakEven.FindBatchRequests(v[0], v[1], v[2])),
        new(
            "lines",
            "where any two ways of paying cost the same",
            [
                new("--fixed1", "fixed amount of the first", 0),
                new("--unit1", "amount per unit of the first"),
                new("--fixed2", "fixed amount of the second"),
                new("--unit2", "amount per unit of the second", 0),
            ],
            v => BreakEven.Find(
                new() { Name = "the first", Fixed = v[0], PerUnit = v[1] },
                new() { Name = "the second", Fixed = v[2], PerUnit = v[3] })),
    ];

    private static string Multiple(string option, decimal value, string usual) =>
        $"{option} is {JsonText.Number(value)}, which looks like a price: a multiplier is of plain input, {usual}. Divide the price by "
        + "that of input, or give --model.";
}
