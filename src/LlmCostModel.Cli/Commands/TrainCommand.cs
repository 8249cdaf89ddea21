using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary><c>llmcost train</c>: from parameters and tokens to operations, hours and money.</summary>
internal static class TrainCommand
{
    private const int HoursPerDay = 24;

    public static Command Create(CommandHost host)
    {
        Option<decimal?> parameters = DecimalOption.Quantity("--parameters", "the parameters that work on each token, such as 37B");
        Option<decimal?> tokens = DecimalOption.Quantity("--tokens", "the tokens trained on, such as 14.8T");
        Option<string?> accelerator = new("--accelerator")
        {
            Description = $"whose peak applies: {string.Join(", ", Accelerators.All.Select(one => one.Name))}",
            HelpName = "NAME",
        };
        Option<string?> precision = new("--precision") { Description = "bf16 or fp8; default bf16", HelpName = "NAME" };
        Option<decimal?> peak = DecimalOption.Quantity("--peak", "the peak of another accelerator, in operations per second, such as 989T");
        Option<decimal?> reached = DecimalOption.Share("--mfu", "the share of the peak that is reached; published runs reach 0.2 to 0.45");
        Option<decimal?> hours = DecimalOption.Quantity("--gpu-hours", "the accelerator hours, where they are known");
        Option<decimal?> hourly = DecimalOption.Quantity("--hourly", "what a rented accelerator hour costs");
        Option<decimal?> price = DecimalOption.Quantity("--price", "what an owned accelerator costs, with its part of the machine");
        Option<decimal?> life = DecimalOption.Quantity("--life-hours", "the hours that an owned one works in its life, such as 28032");
        Option<decimal?> power = DecimalOption.Quantity(
            "--kilowatts", "its power with its part of the machine; default that of the accelerator");
        Option<decimal?> usage = DecimalOption.Quantity(
            "--pue", "the power of the building for each kilowatt of its machines, such as 1.25");
        Option<decimal?> energy = DecimalOption.Quantity("--kilowatt-hour", "the price of a kilowatt-hour, such as 0.08");
        Option<decimal?> gpus = DecimalOption.Quantity("--gpus", "how many accelerators work at once: says the days");
        Option<decimal?> served = DecimalOption.Quantity("--served", "the tokens served over the model's life: says the cost per million");
        Option<string?> currency = new("--currency") { Description = "the currency of the prices; default USD", HelpName = "CODE" };
        FormatOption format = new();
        Command command = new("train", "What training a model costs: parameters and tokens to operations, hours and money.")
        {
            parameters, tokens, accelerator, precision, peak, reached, hours, hourly, price, life, power, usage, energy, gpus, served,
            currency, format.Option,
        };
        command.SetAction(result =>
        {
            try
            {
                Accelerator? chip = Chip(result.GetValue(accelerator));
                decimal? speed = result.GetValue(peak) ?? Peak(chip, result.GetValue(precision));
                decimal? operations = (result.GetValue(parameters), result.GetValue(tokens)) switch
                {
                    ({ } size, { } count) => TrainingCompute.ComputeOperations(size, count),
                    (null, null) => null,
                    _ => throw new CliException("Parameters and tokens belong together. Give --parameters and --tokens."),
                };
                OwnedAccelerator? owned = result.GetValue(price) is { } cost
                    ? new()
                    {
                        Price = cost,
                        LifeHours = Needed(result.GetValue(life), "--life-hours"),
                        Kilowatts = result.GetValue(power) ?? chip?.Kilowatts ?? throw Missing("--kilowatts"),
                        PowerUsage = Needed(result.GetValue(usage), "--pue"),
                        PricePerKilowattHour = Needed(result.GetValue(energy), "--kilowatt-hour"),
                        Currency = result.GetValue(currency) ?? "USD",
                    }
                    : null;
                if (owned is not null && result.GetValue(hourly) is not null)
                {
                    throw new CliException("An accelerator is rented or owned. Give --hourly or --price, not both.");
                }

                if (result.GetValue(hours) is not null)
                {
                    UnusedOptions.Refuse(result, "beside --gpu-hours", reached);
                }

                if (owned is null)
                {
                    UnusedOptions.Refuse(result, "without --price, of an accelerator that is owned", life, power, usage, energy);
                }

                if (result.GetValue(served) is 0)
                {
                    throw new CliException("--served is 0, but must be more than 0.");
                }

                decimal time = result.GetValue(hours)
                    ?? (operations is { } work && speed is { } best
                        ? TrainingCompute.ComputeGpuHours(work, best, Needed(result.GetValue(reached), "--mfu"))
                        : throw new CliException(
                            "Nothing says how long it takes. Give --gpu-hours, or --parameters, --tokens, --accelerator and --mfu."));
                TrainingResult training = new()
                {
                    Run = new()
                    {
                        GpuHours = time,
                        HourlyRate = owned?.HourlyRate ?? result.GetValue(hourly) ?? throw new CliException(
                            "Nothing says what an hour costs. Give --hourly, or --price and what belongs to it."),
                        Currency = owned?.Currency ?? result.GetValue(currency) ?? "USD",
                    },
                    Operations = operations,
                    Peak = speed,
                    Reached = operations is { } sum && speed is { } most && time > 0
                        ? TrainingCompute.ComputeUtilization(sum, most, time)
                        : null,
                    Owned = owned,
                    Days = result.GetValue(gpus) is { } many ? Over(time, many, "--gpus") / HoursPerDay : null,
                    Served = result.GetValue(served),
                };
                host.Write(format.Of(result, host) switch
                {
                    OutputFormat.Json => training.Json(),
                    OutputFormat.Csv => training.Csv(),
                    _ => WordWrap.Of(host, training.Table(host)),
                });
                return ExitCode.Priced;
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw new CliException(ErrorText.Of(error));
            }
        });
        return command;
    }

    private static Accelerator? Chip(string? name) => name is null ? null
        : Accelerators.Find(name) ?? throw new CliException(
            $"'{name}' is not in the table of accelerators: {string.Join(", ", Accelerators.All.Select(one => one.Name))}. "
            + "Give its --peak.");

    private static decimal? Peak(Accelerator? chip, string? precision) => precision?.ToUpperInvariant() switch
    {
        null or "BF16" => chip?.PeakBf16,
        "FP8" => chip is null ? null : chip.PeakFp8 ?? throw new CliException($"{chip.Name} has no peak in FP8. Give --peak."),
        _ => throw new CliException($"'{precision}' is not a precision of the table. Write bf16 or fp8, or give --peak."),
    };

    private static decimal Needed(decimal? value, string option) => value ?? throw Missing(option);

    private static CliException Missing(string option) => new($"Option '{option}' is required here.");

    private static decimal Over(decimal hours, decimal gpus, string option) =>
        gpus > 0 ? hours / gpus : throw new CliException($"{option} is 0, but must be more than 0.");
}
