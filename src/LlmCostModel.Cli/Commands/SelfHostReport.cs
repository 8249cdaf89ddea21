using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary>An API beside your own machines.</summary>
/// <param name="Model">The model.</param>
/// <param name="Cost">What it charges for the load.</param>
/// <param name="Load">How busy the machines must be.</param>
/// <param name="Requests">How many requests an hour one machine must serve.</param>
internal sealed record SelfHostApi(string Model, Money Cost, BreakEvenPoint Load, BreakEvenPoint? Requests);

/// <summary>What <c>llmcost selfhost</c> found, in its forms.</summary>
internal sealed record SelfHostReport
{
    public required ServingNode Node { get; init; }

    public ThroughputRow? Row { get; init; }

    public CapacityNeed? Need { get; init; }

    public IReadOnlyList<SelfHostApi> Apis { get; init; } = [];

    public IReadOnlyList<(decimal Factor, CapacityNeed Need)> Reasoning { get; init; } = [];

    public IReadOnlyList<(DemandPoint Point, CapacityNeed Need)> Demand { get; init; } = [];

    /// <summary>Gets the machines of each month of a forecast, beside what its plan costs.</summary>
    public IReadOnlyList<CapacityNeed> Months { get; init; } = [];

    /// <summary>Gets the elasticity that was stated.</summary>
    public double? Elasticity { get; init; }

    public (RateLimit Limit, RateLimitShare Share)? Limits { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    private string Currency => Node.Currency;

    public string Json() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("currency", Currency);
        writer.WriteStartObject("machine");
        writer.WriteString("throughput", Row?.Name);
        writer.WriteDecimal("hourlyCost", Node.HourlyCost);
        writer.WriteDecimal("inputTokensPerSecond", Node.InputTokensPerSecond);
        writer.WriteDecimal("cachedTokensPerSecond", Node.CachedTokensPerSecond);
        writer.WriteDecimal("outputTokensPerSecond", Node.OutputTokensPerSecond);
        writer.WriteDecimal("utilization", Node.Utilization);
        writer.WriteDecimal("inputPerMillion", Node.InputPerMillion);
        writer.WriteDecimal("cachedPerMillion", Node.CachedPerMillion);
        writer.WriteDecimal("outputPerMillion", Node.OutputPerMillion);
        writer.WriteEndObject();
        WriteNeed(writer, "load", Need);
        writer.WriteStartArray("apis");
        foreach (SelfHostApi api in Apis)
        {
            writer.WriteStartObject();
            writer.WriteString("model", api.Model);
            writer.WriteDecimal("cost", api.Cost.Amount);
            writer.WriteDecimal("shareOfCost", Need!.FleetCost.Amount is var own && api.Cost.Amount > 0 ? own / api.Cost.Amount : null);
            writer.WriteDecimal("breakEvenUtilization", api.Load.Units);
            writer.WriteString("utilizationVerdict", api.Load.ToString());
            writer.WriteDecimal("breakEvenRequestsPerHour", api.Requests?.Units);
            writer.WriteString("requestsVerdict", api.Requests?.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("reasoning");
        foreach ((decimal factor, CapacityNeed need) in Reasoning)
        {
            writer.WriteStartObject();
            writer.WriteDecimal("factor", factor);
            WriteNodes(writer, need);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("demand");
        foreach ((DemandPoint point, CapacityNeed need) in Demand)
        {
            writer.WriteStartObject();
            writer.WriteDecimal("priceFactor", point.PriceFactor);
            writer.WriteDecimal("useFactor", decimal.Round(point.UseFactor, 6));
            writer.WriteDecimal("spendFactor", decimal.Round(point.SpendFactor, 6));
            WriteNodes(writer, need);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (Limits is var (limit, share))
        {
            writer.WriteStartObject("limits");
            writer.WriteDecimal("requestsPerMinute", limit.RequestsPerMinute);
            writer.WriteDecimal("tokensPerMinute", limit.TokensPerMinute);
            writer.WriteDecimal("requestShare", RoundedText.Share(share.RequestShare));
            writer.WriteDecimal("tokenShare", RoundedText.Share(share.TokenShare));
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("limits");
        }

        writer.WriteTexts("notes", Notes);
        writer.WriteStartArray("months");
        foreach (CapacityNeed month in Months)
        {
            writer.WriteStartObject();
            writer.WriteString("from", month.Load.Label);
            writer.WriteDecimal("tokensPerSecond", decimal.Round(month.Load.MeanPerSecond, 6));
            writer.WriteDecimal("peakTokensPerSecond", decimal.Round(month.Load.PeakPerSecond, 6));
            writer.WriteDecimal("meanMachines", decimal.Round(month.MeanNodes, 6));
            writer.WriteDecimal("peakMachines", decimal.Round(month.PeakNodes, 6));
            writer.WriteNumber("fleet", month.Fleet);
            writer.WriteDecimal("fleetCost", month.FleetCost.Amount);
            writer.WriteDecimal("planCost", month.ApiCost?.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteNeed(Utf8JsonWriter writer, string name, CapacityNeed? need)
    {
        if (need is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("period", need.Load.Label);
        writer.WriteDecimal("requests", need.Load.Requests);
        writer.WriteDecimal("freshInput", need.Load.FreshInput);
        writer.WriteDecimal("cachedInput", need.Load.CachedInput);
        writer.WriteDecimal("output", need.Load.Output);
        writer.WriteDecimal("reasoning", need.Load.Reasoning);
        writer.WriteDecimal("peakToMean", need.Load.PeakToMean);
        writer.WriteDecimal("tokensPerSecond", need.Load.MeanPerSecond);
        writer.WriteDecimal("peakTokensPerSecond", need.Load.PeakPerSecond);
        WriteNodes(writer, need);
        writer.WriteDecimal("elasticCost", need.ElasticCost.Amount);
        writer.WriteEndObject();
    }

    private static void WriteNodes(Utf8JsonWriter writer, CapacityNeed need)
    {
        writer.WriteDecimal("prefillMachines", need.PrefillNodes);
        writer.WriteDecimal("cachedMachines", need.CachedNodes);
        writer.WriteDecimal("decodeMachines", need.DecodeNodes);
        writer.WriteDecimal("meanMachines", need.MeanNodes);
        writer.WriteDecimal("peakMachines", need.PeakNodes);
        writer.WriteNumber("fleet", need.Fleet);
        writer.WriteDecimal("fleetCost", need.FleetCost.Amount);
    }

    public string Csv() => CsvText.Write(
    [
        [
            "case", "factor", "prefillMachines", "cachedMachines", "decodeMachines", "meanMachines", "peakMachines", "fleet", "cost",
            "currency",
        ],
        .. Need is null ? [] : new[] { Cells("load", 1, Need) },
        .. Apis.Select(api => new[] { api.Model, null, null, null, null, null, null, null, JsonText.Number(api.Cost.Amount), Currency }),
        .. Reasoning.Select(one => Cells("reasoning", one.Factor, one.Need)),
        .. Demand.Select(one => Cells("price", one.Point.PriceFactor, one.Need)),
        .. Months.Select(month => Cells(month.Load.Label, 1, month)),
    ]);

    private static string?[] Cells(string name, decimal factor, CapacityNeed need) =>
    [
        name,
        JsonText.Number(factor),
        JsonText.Number(need.PrefillNodes),
        JsonText.Number(need.CachedNodes),
        JsonText.Number(need.DecodeNodes),
        JsonText.Number(need.MeanNodes),
        JsonText.Number(need.PeakNodes),
        JsonText.Number(need.Fleet),
        JsonText.Number(need.FleetCost.Amount),
        need.FleetCost.Currency,
    ];

    public string Table(CommandHost host)
    {
        string machine = TableText.Write(
            host,
            $"A machine: {RoundedText.Amount(Node.HourlyCost)} {Currency} an hour, "
                + $"busy {RoundedText.Percent(Node.Utilization)} of the time",
            ["", "tokens a second>", $"{Currency} a million>"],
            [
                ["input", TableText.Quantity(Node.InputTokensPerSecond), RoundedText.Amount(Node.InputPerMillion)],
                .. Node.CachedTokensPerSecond is { } cached
                    ? new[] { new[] { "hits", TableText.Quantity(cached), RoundedText.Amount(Node.CachedPerMillion) } }
                    : [],
                ["output", TableText.Quantity(Node.OutputTokensPerSecond), RoundedText.Amount(Node.OutputPerMillion)],
            ]);
        string notes = string.Concat(Notes.Select(note => note + "\n"));
        return machine + LoadText(host) + MonthText(host) + FactorText(host) + LimitText() + notes;
    }

    private string LoadText(CommandHost host)
    {
        if (Need is not { } need)
        {
            return "";
        }

        string nodes = TableText.Write(
            host,
            $"A {need.Load.Label}: {RoundedText.Number(need.Load.MeanPerSecond)} tokens a second, "
                + $"{RoundedText.Number(need.Load.PeakPerSecond)} at the peak",
            ["", "machines>", $"{Currency}>"],
            [
                ["prefill", RoundedText.Number(need.PrefillNodes), ""],
                .. Node.CachedTokensPerSecond is null ? Array.Empty<string[]>() : [["hits", RoundedText.Number(need.CachedNodes), ""]],
                ["decode", RoundedText.Number(need.DecodeNodes), ""],
                ["on average, rented as needed", RoundedText.Number(need.MeanNodes), RoundedText.Amount(need.ElasticCost.Amount)],
                ["for the peak, owned", TableText.Quantity(need.Fleet), RoundedText.Amount(need.FleetCost.Amount)],
                .. Apis.Select(api => new[] { api.Model, "", RoundedText.Amount(api.Cost.Amount) }),
            ]);
        return nodes + string.Concat(Apis.Select(api => $"{api.Model}: {api.Load}.\n"
            + (api.Requests is null ? "" : $"{api.Model}, one machine: {api.Requests}.\n")));
    }

    private string MonthText(CommandHost host) => Months.Count == 0 ? "" : TableText.Write(
        host,
        "The months of the plan",
        ["from", "tokens/s>", "at the peak>", "machines>", "owned>", $"own {Currency}>", $"plan {Currency}>"],
        Months.Select(month => new[]
        {
            month.Load.Label, RoundedText.Number(month.Load.MeanPerSecond), RoundedText.Number(month.Load.PeakPerSecond),
            RoundedText.Number(month.MeanNodes), TableText.Quantity(month.Fleet), RoundedText.Amount(month.FleetCost.Amount),
            RoundedText.Amount(month.ApiCost?.Amount),
        }));

    private string FactorText(CommandHost host)
    {
        string longer = Reasoning.Count == 0 ? "" : TableText.Write(
            host,
            "Longer reasoning",
            ["times>", "decode>", "machines>", "owned>", $"{Currency}>"],
            Reasoning.Select(one => new[]
            {
                RoundedText.Number(one.Factor), RoundedText.Number(one.Need.DecodeNodes), RoundedText.Number(one.Need.MeanNodes),
                TableText.Quantity(one.Need.Fleet), RoundedText.Amount(one.Need.FleetCost.Amount),
            }));
        return longer + (Demand.Count == 0 ? "" : TableText.Write(
            host,
            "Use that answers to the price",
            ["price>", "use>", "spend>", "machines>", "owned>"],
            Demand.Select(one => new[]
            {
                RoundedText.Number(one.Point.PriceFactor), RoundedText.Number(one.Point.UseFactor),
                RoundedText.Number(one.Point.SpendFactor),
                RoundedText.Number(one.Need.MeanNodes), TableText.Quantity(one.Need.Fleet),
            })));
    }

    private string LimitText() => Limits is var (limit, share)
        ? $"The limits bind in {RoundedText.Percent(RoundedText.Share(share.Share))} of the minutes"
            + (limit.RequestsPerMinute is null ? "" : $"; requests in {RoundedText.Percent(RoundedText.Share(share.RequestShare))}")
            + (limit.TokensPerMinute is null ? "" : $"; tokens in {RoundedText.Percent(RoundedText.Share(share.TokenShare))}")
            + ".\n"
        : "";
}
