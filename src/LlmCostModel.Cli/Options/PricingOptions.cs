using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Cli.Options;

/// <summary>The options of every command that prices: which rates, and what else decides the price.</summary>
/// <param name="formats">What the command can write besides the formats of all.</param>
internal sealed class PricingOptions(params OutputFormat[] formats)
{
    private readonly Option<string[]> _rates = new("--rates")
    {
        Description = "rate cards to use before the catalog; repeatable",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<bool> _noCatalog = new("--no-catalog") { Description = "use only the rates of --rates" };
    private readonly Option<DateTimeOffset?> _at = At();
    private readonly Option<string?> _provider = new("--provider") { Description = "the provider that bills the call", HelpName = "NAME" };
    private readonly Option<string?> _region = new("--region") { Description = "the region that served the call", HelpName = "NAME" };
    private readonly Option<string[]> _tier = new("--tier")
    {
        Description = "standard, batch, flex, priority, fast, ultrafast or provisioned, or what the rates call it; batch may be given "
            + "beside another",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<bool> _announced = new("--announced") { Description = "let prices apply that are only announced" };
    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "fail on suspicious rates and on anything that is not wholly priced",
    };

    private readonly Option<CallAttributes> _attributes = new("--attribute")
    {
        Description = "what else the price depends on, as NAME=VALUE; repeatable",
        CustomParser = PairParser.Attributes,
        DefaultValueFactory = _ => CallAttributes.Empty,
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "NAME=VALUE",
    };

    private readonly Option<MeteredQuantities?> _consumed = new("--consumed")
    {
        Description = "what the allowance period had consumed before, as NAME=QUANTITY; repeatable",
        CustomParser = PairParser.Meters,
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "NAME=QUANTITY",
    };

    private readonly FormatOption _format = new(formats);

    /// <summary>What <c>--at</c> is where it does not mean the instant of calls that state none.</summary>
    public string AtDescription { init => _at.Description = value; }

    public static Option<DateTimeOffset?> At() =>
        new("--at")
        {
            Description = "the instant whose prices apply, ISO 8601; default now",
            HelpName = "INSTANT",
            CustomParser = Instant,
        };

    public void AddTo(Command command)
    {
        Option[] options =
        [
            _rates,
            _noCatalog,
            _at,
            _provider,
            _region,
            _tier,
            _attributes,
            _consumed,
            _announced,
            _strict,
            _format.Option,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Adds them to a command that reads records, which may state themselves what decides the price.</summary>
    /// <param name="command">The command.</param>
    /// <param name="statesInstant">Whether records state the instant whose prices apply.</param>
    public void AddForRecords(CheckedCommand command, bool statesInstant = true)
    {
        AddTo(command);
        command.Uses.Always([_rates, _noCatalog, _announced, _strict, _format.Option, .. statesInstant ? (Option[])[] : [_at]]);
        command.Uses.WhereRecordsAreSilent([_provider, _region, _tier, _attributes, _consumed, .. statesInstant ? (Option[])[_at] : []]);
    }

    public OutputFormat Format(ParseResult result, CommandHost host) => _format.Of(result, host);

    /// <summary><c>--format</c>.</summary>
    public Option OfFormat => _format.Option;

    /// <summary>Whether a format is asked for, by name.</summary>
    public bool Asks(ParseResult result, OutputFormat format) => result.GetValue(_format.Option) == format;

    /// <summary>Those by which a call is priced, besides the rates.</summary>
    public Option[] OfCalls => [_at, _provider, _region, _tier, _attributes, _consumed, _announced];

    /// <summary>Those that say which rates there are, and what is refused of them.</summary>
    public Option[] OfRates => [_rates, _noCatalog, _strict];

    /// <summary><c>--no-catalog</c>.</summary>
    public Option NoCatalog => _noCatalog;

    /// <summary>Whether no rate is left to price by.</summary>
    public bool HasNoRates(ParseResult result) => result.GetValue(_noCatalog) && result.GetValue(_rates) is null or [];

    public CallContext Context(ParseResult result)
    {
        string[] tiers = result.GetValue(_tier) ?? [];
        string[] others = [.. tiers.Where(tier => !tier.Equals("batch", StringComparison.OrdinalIgnoreCase))];
        if (others.Length > 1)
        {
            throw new CliException($"A call has one tier, beside batch; these are several: {string.Join(", ", others)}.");
        }

        CallAttributes attributes = result.GetValue(_attributes) ?? CallAttributes.Empty;
        return new CallContext
        {
            At = result.GetValue(_at),
            Provider = result.GetValue(_provider),
            Region = result.GetValue(_region),
            Tier = others is [var tier] ? tier : null,
            Batch = tiers.Length > others.Length ? true : null, // silent, so that a file may say it
            Attributes = attributes.Count == 0 ? null : attributes,
            ConsumedBefore = result.GetValue(_consumed),
            IncludeAnnounced = result.GetValue(_announced),
        };
    }

    /// <summary>Makes the estimator from the given rates and the catalog.</summary>
    public ICostEstimator Estimator(ParseResult result, CommandHost host) => Estimator(result, host, out _);

    /// <inheritdoc cref="Estimator(ParseResult, CommandHost)"/>
    /// <param name="result">The arguments.</param>
    /// <param name="host">Where the files are read.</param>
    /// <param name="used">What the estimator was made with.</param>
    public ICostEstimator Estimator(ParseResult result, CommandHost host, out LlmCostModelOptions used)
    {
        string[] files = result.GetValue(_rates) ?? [];
        ServiceCollection services = new();
        services.AddSingleton(host.Clock);
        services.AddLlmCostModel(options =>
        {
            options.Strict = result.GetValue(_strict);
            foreach (string file in files)
            {
                options.AddJson(InputFile.Bytes(file, host), Path.GetFileName(file));
            }
        });
        if (!result.GetValue(_noCatalog))
        {
            services.AddCatalog();
        }

        ServiceProvider provider = services.BuildServiceProvider();
        ICostEstimator estimator = provider.GetRequiredService<ICostEstimator>();
        used = provider.GetRequiredService<IOptions<LlmCostModelOptions>>().Value;
        foreach (string warning in estimator.Rates.Warnings)
        {
            host.Tell($"warning: {warning}");
        }

        return estimator;
    }

    internal static DateTimeOffset? Instant(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (InstantFormat.TryParse(text, out DateTimeOffset instant))
        {
            return instant;
        }

        result.AddError($"'{text}' is not an instant. Write a date (midnight UTC) such as 2025-01-27, or an instant with its offset such "
            + $"as 2025-09-05T16:00:00Z.");
        return null;
    }
}
