using System.CommandLine;
using System.Globalization;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Options;

/// <summary>The options by which a log is asked what its calls would have cost.</summary>
internal sealed class QuestionOptions
{
    private readonly Option<bool> _atToday = new("--at-today")
    {
        Description = "show as well what the same calls would cost at the prices of today",
    };

    private readonly Option<string[]> _whatIf = new("--what-if")
    {
        Description = "show as well what the same tokens would cost on another model; several by comma, each with the tokens that it makes "
            + "of one of the log (gpt-5=1.1) where that is known; with --at-today at the prices of today",
        HelpName = "MODEL",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(CheckedCommand command)
    {
        command.Options.Add(_atToday);
        command.Options.Add(_whatIf);
        command.Uses.Always(_atToday, _whatIf);
    }

    /// <summary>All of them, which only sums have.</summary>
    public Option[] All => [_atToday, _whatIf];

    /// <summary>The questions, in the order in which they are shown.</summary>
    public IReadOnlyList<WhatIf> Questions(
        ParseResult result,
        CommandHost host,
        ICostEstimator estimator,
        IReadOnlyList<SummaryKey> keys,
        TimeZoneInfo? zone,
        CurrencyConverter? converter)
    {
        DateTimeOffset? at = result.GetValue(_atToday) ? host.Clock.GetUtcNow() : null;
        (string Model, decimal Ratio)[] models =
        [
            .. (result.GetValue(_whatIf) ?? [])
                .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(Read),
        ];
        if (models.GroupBy(model => model.Model, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new CliException($"--what-if names '{VisibleText.OneLine(twice.Key)}' more than once.");
        }

        foreach ((string model, _) in models)
        {
            if (estimator.Estimate(model, default).Issues.FirstOrDefault(issue =>
                issue.Kind is CostIssueKind.UnknownModel or CostIssueKind.AmbiguousProvider) is { } unknown)
            {
                throw new CliException($"--what-if: {CommandWords.Of(unknown.Message)} 'llmcost models TEXT' finds ids.");
            }
        }

        return
        [
            .. at is null ? [] : (WhatIf[])[Of(null, 1)],
            .. models.Select(model => Of(model.Model, model.Ratio)),
        ];

        WhatIf Of(string? model, decimal ratio) => new(
            estimator,
            new()
            {
                Model = model,
                TokenRatio = ratio,
                At = at,
                Keys = keys,
                TimeZone = zone,
                Converter = converter,
            });
    }

    private static (string Model, decimal Ratio) Read(string text)
    {
        int equals = text.LastIndexOf('=');
        if (equals < 0)
        {
            return (text, 1);
        }

        return decimal.TryParse(text[(equals + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal ratio)
            && ratio is > 0 and <= 1_000 && equals > 0
                ? (text[..equals], ratio)
                : throw new CliException($"'{VisibleText.OneLine(text)}' is not a model and a ratio. Write the tokens that it makes of one "
                    + "of the log, such as --what-if gpt-5=1.1.");
    }
}
