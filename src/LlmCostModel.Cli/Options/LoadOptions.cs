using System.CommandLine;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Options;

/// <summary>The options that say how much of a usage there is, and when.</summary>
internal sealed class LoadOptions
{
    private static readonly (string Name, TimeSpan Period)[] Periods =
    [
        ("hour", TimeSpan.FromHours(1)),
        ("day", TimeSpan.FromDays(1)),
        ("week", TimeSpan.FromDays(7)),
        ("month", TimeSpan.FromDays(365) / 12),
    ];

    private readonly Option<decimal?> _requests = DecimalOption.Quantity(
        "--requests", "how many requests like that there are in the period; without it, the counts are those of the whole period");

    private readonly Option<string?> _per = new("--per")
    {
        Description = "the period: hour, day, week or month; default month",
        HelpName = "PERIOD",
    };

    private readonly Option<decimal?> _peak = DecimalOption.Quantity(
        "--peak", "how many times the mean the busiest time is, such as 2.5; with --forecast instead of what its profiles say", "FACTOR");

    private readonly Option<decimal[]?> _reasoning = DecimalOption.List("--reasoning-factor", "longer reasoning, as multiples: 1,2,4");
    private readonly Option<decimal?> _elasticity = DecimalOption.Number(
        "--elasticity", "by how many percent use grows when the price falls by one: yours to state");

    private readonly Option<decimal[]?> _prices = DecimalOption.List(
        "--price-factor", "the prices that use answers to, as multiples of today's; default 1,0.5,0.25,0.1");

    private readonly Option<decimal?> _rpm = DecimalOption.Quantity("--rpm", "the requests a minute that the API lets through");
    private readonly Option<decimal?> _tpm = DecimalOption.Quantity("--tpm", "the tokens a minute that the API lets through");
    private readonly Option<decimal?> _variation = DecimalOption.Number(
        "--variation",
        "how much the rate of requests varies from minute to minute, its deviation over its mean; default 0: by chance alone");

    public void AddTo(Command command)
    {
        Option[] options = [_requests, _per, _peak, _reasoning, _elasticity, _prices, _rpm, _tpm, _variation];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    public decimal[] ReasoningFactors(ParseResult result) => result.GetValue(_reasoning) ?? [];

    public DemandPoint[] Demand(ParseResult result) => result.GetValue(_elasticity) is { } elasticity
        ? [.. DemandCurve.Compute((double)elasticity, result.GetValue(_prices) is [_, ..] prices ? prices : [1, 0.5m, 0.25m, 0.1m])]
        : result.GetValue(_prices) is not [_, ..] ? [] : throw new CliException("--price-factor says nothing without --elasticity.");

    public double? Elasticity(ParseResult result) => (double?)result.GetValue(_elasticity);

    /// <summary>How many times the mean the busiest time is, where it is said.</summary>
    public decimal? Peak(ParseResult result) => result.GetValue(_peak);

    /// <summary>Refuses what says nothing of a load that is not given.</summary>
    public void RefuseWithoutUsage(ParseResult result) => UnusedOptions.Refuse(
        result,
        "without what is consumed: --input and --output",
        _requests, _per, _reasoning, _elasticity, _prices, _rpm, _tpm, _variation);

    public bool HasPeak(ParseResult result) => result.GetValue(_peak) is not null;

    /// <summary>The share of the minutes in which the limits bind; null without limits.</summary>
    public (RateLimit Limit, RateLimitShare Share)? Limits(ParseResult result, TokenLoad load)
    {
        RateLimit limit = new() { RequestsPerMinute = result.GetValue(_rpm), TokensPerMinute = result.GetValue(_tpm) };
        if (limit is { RequestsPerMinute: null, TokensPerMinute: null })
        {
            UnusedOptions.Refuse(result, "without a limit: --rpm or --tpm", _variation);
            return null;
        }

        decimal requests = load.Requests is { } count and > 0 ? count
            : throw new CliException("A limit is of requests and their tokens. Give --requests.");
        MinuteTraffic traffic = new()
        {
            Requests = (double)requests / load.Period.TotalMinutes,
            TokensPerRequest = (double)(load.Total / requests),
            RateVariation = (double)(result.GetValue(_variation) ?? 0),
        };
        return (limit, limit.EstimateShare(traffic));
    }

    public TokenLoad Load(ParseResult result, TokenUsage usage)
    {
        string per = result.GetValue(_per) ?? "month";
        (string? name, TimeSpan period) = Array.Find(Periods, one => one.Name.Equals(per, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            throw new CliException($"'{per}' is not a period. Write {string.Join(", ", Periods.Select(one => one.Name))}.");
        }

        decimal? requests = result.GetValue(_requests);
        return TokenLoad.FromRequests(requests ?? 1, in usage, period, result.GetValue(_peak) ?? 1) with
        {
            Requests = requests,
            Label = name,
        };
    }
}
