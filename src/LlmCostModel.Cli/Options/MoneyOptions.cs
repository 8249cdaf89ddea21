using System.CommandLine;
using System.Globalization;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Options;

/// <summary>The options by which sums are shown in another currency, and what a plan covers apart.</summary>
/// <param name="hasPlan">Whether there is <c>--plan</c>.</param>
internal sealed class MoneyOptions(bool hasPlan = true)
{
    private const string UnnamedSource = "--exchange-rate";

    private readonly Option<string?> _currency = new("--currency")
    {
        Description = "show sums in this currency, by the rates of --exchange-rate",
        HelpName = "CODE",
    };

    private readonly Option<string[]> _rates = new("--exchange-rate")
    {
        Description = "what 1 USD is in the currency (0.86), or another one (CNY=0.12), of a day (0.86@2026-11-20); or a file of rates: "
            + "CSV with date, from, to, rate and source, JSON, or the table of the European Central Bank; repeatable",
        HelpName = "FILE|RATE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "what is paid for already: a file with \"Pools\", of which calls draw in the order of their times",
        HelpName = "FILE",
    };

    public void AddTo(CheckedCommand command)
    {
        foreach (Option option in (Option[])[_currency, _rates, .. hasPlan ? (Option[])[_plan] : []])
        {
            command.Options.Add(option);
        }

        command.Uses.Always([_currency, .. hasPlan ? (Option[])[_plan] : []]);
        command.Uses.Only(
            result => result.GetValue(_currency) is not null,
            option => $"{option} is for --currency. Say --currency EUR, or leave it out.",
            _rates);
    }

    /// <summary>All of them, which only sums have.</summary>
    public Option[] All => [_currency, _rates, .. hasPlan ? (Option[])[_plan] : []];

    public Option Plan => _plan;

    /// <summary>What sums are converted by; <see langword="null"/> when they are not.</summary>
    public CurrencyConverter? Converter(ParseResult result, CommandHost host)
    {
        string? currency = result.GetValue(_currency);
        string[] rates = result.GetValue(_rates) ?? [];
        if (currency is null)
        {
            return null;
        }

        if (currency.Length != 3 || !currency.All(char.IsAsciiLetter))
        {
            throw new CliException($"'{currency}' is not a currency. Write the ISO 4217 code, such as EUR.");
        }

        return rates.Length == 0
            ? throw new CliException($"No rates are built in. Say what 1 USD is in {currency}: --exchange-rate 0.86, or a file of rates.")
            : new(currency, rates.SelectMany(text => Rates(text, currency, host)));
    }

    /// <summary>The accounts of a plan; <see langword="null"/> when there is none.</summary>
    public PoolAccounts? Accounts(ParseResult result, CommandHost host)
    {
        if (result.GetValue(_plan) is not { } file)
        {
            return null;
        }

        LlmCostModelOptions options = new();
        options.AddJson(InputFile.Bytes(file, host), Path.GetFileName(file));
        return options.Pools.Count > 0 ? new PoolAccounts(options.Pools.Values) : throw new CliException(
            $"The file '{VisibleText.OneLine(file)}' names no pools. Write {{ \"Pools\": {{ \"plan\": {{ \"Providers\": [ \"anthropic\" ], "
                + "\"Fee\": 100, \"Currency\": \"USD\", \"Period\": \"month\" } } }.");
    }

    private static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw new CliException($"'{text}' is not a day. Write it as 2026-11-20.");

    private static IEnumerable<ExchangeRate> Rates(string text, string currency, CommandHost host)
    {
        string[] parts = text.Split('@', 2);
        string[] sides = parts[0].Split('=', 2);
        if (!decimal.TryParse(sides[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal rate))
        {
            if (!IsFile(text))
            {
                throw new CliException($"'{VisibleText.OneLine(text)}' is not a rate, and there is no file of this name. "
                    + "Write what 1 USD is in the currency, such as 0.86, or another one, such as CNY=0.12, "
                    + "of a day, such as 0.86@2026-11-20; or name a file of rates.");
            }

            try
            {
                return ExchangeRateFile.Read(InputFile.Open(text, host), text);
            }
            catch (LogFormatException exception)
            {
                throw new CliException(exception.Message);
            }
        }

        DateOnly date = parts.Length == 1 ? DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime) : Day(parts[1]);

        return rate > 0
            ? [new() { From = sides.Length == 2 ? sides[0] : "USD", To = currency, Rate = rate, Date = date, Source = UnnamedSource }]
            : throw new CliException($"'{text}' is not a rate: it must be greater than 0.");
    }

    /// <summary>Whether a text is meant as the name of a file: it is there, or is written as one.</summary>
    private static bool IsFile(string text) =>
        text == InputFile.Standard || Path.Exists(text) || Path.GetFileName(text) != text || string.IsNullOrWhiteSpace(text)
        || Path.GetExtension(text) is [_, var first, ..] && char.IsAsciiLetter(first);
}
