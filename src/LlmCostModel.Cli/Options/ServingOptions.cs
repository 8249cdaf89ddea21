using System.CommandLine;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Options;

/// <summary>The options that describe a machine of your own.</summary>
internal sealed class ServingOptions
{
    private readonly Option<decimal?> _hourly = DecimalOption.Quantity("--hourly", "what a machine costs an hour");
    private readonly Option<decimal?> _gpuHourly = DecimalOption.Quantity(
        "--gpu-hourly", "what one accelerator costs an hour, with --gpus or --row");
    private readonly Option<decimal?> _gpus = DecimalOption.Quantity("--gpus", "the accelerators of a machine");
    private readonly Option<string?> _row = new("--row")
    {
        Description = $"a published throughput: {string.Join(", ", PublishedThroughput.All.Select(row => row.Name))}",
        HelpName = "NAME",
    };

    private readonly Option<decimal?> _input = DecimalOption.Quantity(
        "--input-speed", "the input tokens a second of a machine that only reads");
    private readonly Option<decimal?> _cached = DecimalOption.Quantity("--cached-speed", "the input tokens a second from its own cache");
    private readonly Option<decimal?> _output = DecimalOption.Quantity(
        "--output-speed", "the output tokens a second of a machine that only writes");
    private readonly Option<decimal?> _total = DecimalOption.Quantity("--speed", "the tokens a second, input and output together");
    private readonly Option<decimal?> _utilization = DecimalOption.Share("--utilization", "the share of the time a machine is busy");
    private readonly Option<string?> _currency = new("--currency")
    {
        Description = "the currency of the cost; default USD",
        HelpName = "CODE",
    };

    public void AddTo(Command command)
    {
        _utilization.Required = true;
        Option[] options = [_hourly, _gpuHourly, _gpus, _row, _input, _cached, _output, _total, _utilization, _currency];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The published row that is named.</summary>
    public ThroughputRow? Row(ParseResult result) => result.GetValue(_row) is not { } name ? null
        : PublishedThroughput.Find(name) ?? throw new CliException(
            $"'{name}' is not a published throughput: {string.Join(", ", PublishedThroughput.All.Select(row => row.Name))}.");

    public ServingNode Node(ParseResult result)
    {
        ThroughputRow? row = Row(result);
        if (result.GetValue(_hourly) is not null)
        {
            UnusedOptions.Refuse(result, "beside --hourly, which is of a whole machine", _gpus);
        }

        decimal gpus = result.GetValue(_gpus) ?? row?.Accelerators ?? 1;
        decimal hourly = (result.GetValue(_hourly), result.GetValue(_gpuHourly)) switch
        {
            ({ } all, null) => all,
            (null, { } one) => one * gpus,
            _ => throw new CliException("Give what the machine costs: either --hourly, or --gpu-hourly with --gpus or --row."),
        };
        string currency = result.GetValue(_currency) ?? "USD";
        decimal share = result.GetValue(_utilization)!.Value;
        bool isApart = result.GetValue(_input) is not null || result.GetValue(_output) is not null || result.GetValue(_cached) is not null;
        if (row is null ? isApart == result.GetValue(_total) is not null : isApart || result.GetValue(_total) is not null)
        {
            throw new CliException("Give one throughput: --row, --speed, or --input-speed and --output-speed (and --cached-speed).");
        }

        if (row is not null)
        {
            return row.CreateNode(1, share, currency) with { HourlyCost = hourly };
        }

        return result.GetValue(_total) is { } total
            ? ServingNode.FromTotal(hourly, total, share) with { Currency = currency }
            : new()
            {
                HourlyCost = hourly,
                Currency = currency,
                InputTokensPerSecond = result.GetValue(_input) ?? throw new CliException("Option '--input-speed' is required here."),
                CachedTokensPerSecond = result.GetValue(_cached),
                OutputTokensPerSecond = result.GetValue(_output) ?? throw new CliException("Option '--output-speed' is required here."),
                Utilization = share,
            };
    }
}
