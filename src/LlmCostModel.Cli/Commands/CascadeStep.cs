using System.Globalization;
using LlmCostModel.Cli.Options;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary>A step of a cascade as it is written: the models of a try, how often it solves the task, and how many answers are drawn.</summary>
internal sealed record CascadeStep
{
    /// <summary>Tried again after each failure.</summary>
    public const string Repeat = "repeat";

    /// <summary>Drawn at once; most of them decide.</summary>
    public const string Vote = "vote";

    /// <summary>Drawn at once; a check finds a right one.</summary>
    public const string Best = "best";

    public const string Form = "MODEL@SHARE, such as gpt-4o-mini@60%; with its own counts MODEL(input=2k,output=500)@60%, several models as "
        + "A+B@80%, an amount $20@100%, five answers and a vote MODEL@60%*5vote, the best of them *5best, up to five tries *5";

    /// <summary>Gets how it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the models of a try and their costs; no model is an amount that was given.</summary>
    public required IReadOnlyList<(string? Model, Money Amount)> Parts { get; init; }

    /// <summary>Gets how many answers are drawn.</summary>
    public required int Samples { get; init; }

    /// <summary>Gets what becomes of several answers.</summary>
    public required string Kind { get; init; }

    public required decimal SolveRate { get; init; }

    /// <summary>Gets the step as one attempt.</summary>
    public TaskAttempt Attempt
    {
        get
        {
            TaskAttempt one = TaskAttempt.Combine(SolveRate, [.. Parts.Select(part => part.Amount)]);
            return Kind switch
            {
                Vote => one.TakeMajority(Samples),
                Best => one.TakeBest(Samples),
                _ => one.Repeat(Samples),
            };
        }
    }

    /// <summary>The step with its given amounts in the currency of the models.</summary>
    public CascadeStep In(string currency) => this with
    {
        Parts = [.. Parts.Select(part => part.Model is null ? (part.Model, new Money(part.Amount.Amount, currency)) : part)],
    };

    public static CascadeStep Parse(string text, ICostEstimator estimator, TokenUsage? usage, CallContext context)
    {
        int at = text.LastIndexOf('@');
        string end = at < 0 ? "" : text[(at + 1)..];
        int star = end.IndexOf('*', StringComparison.Ordinal);
        string draws = star < 0 ? "1" : end[(star + 1)..];
        string kind = new[] { Vote, Best }.FirstOrDefault(name => draws.EndsWith(name, StringComparison.OrdinalIgnoreCase)) ?? Repeat;
        string count = kind == Repeat ? draws : draws[..^kind.Length];
        return at > 0
            && DecimalOption.TryShare(star < 0 ? end : end[..star], out decimal share)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int samples)
            && samples is >= 1 and <= 1_000
            ? new()
            {
                Text = text,
                Parts = [.. Split(text[..at]).Select(part => Part(part, text, estimator, usage, context))],
                SolveRate = share,
                Samples = samples,
                Kind = kind,
            }
            : throw new CliException($"'{text}' is not a step. Write {Form}; 1 to 1000 answers.");
    }

    /// <summary>The parts between plus signs that stand outside of parentheses.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int depth = 0, from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] == '+' && depth == 0)
            {
                yield return text[from..i];
                from = i + 1;
            }
        }

        yield return text[from..];
    }

    private static (string? Model, Money Amount) Part(
        string text, string step, ICostEstimator estimator, TokenUsage? usage, CallContext context)
    {
        if (text.StartsWith('$'))
        {
            return QuantityParser.TryParse(text[1..], out decimal amount)
                ? (null, new Money(amount, "USD"))
                : throw new CliException($"'{text}' in '{step}' is not an amount, such as $20 or $0.05.");
        }

        int open = text.IndexOf('(', StringComparison.Ordinal);
        string model = open < 0 ? text : text[..open];
        TokenUsage? own = open < 0 ? usage
            : text.EndsWith(')') ? Counts(text[(open + 1)..^1], step)
            : throw new CliException($"'{text}' in '{step}' has no closing parenthesis.");
        return (model, estimator
            .Estimate(model, own ?? throw new CliException($"Nothing says what '{model}' consumes. Give --input and --output, or {model}(input=2k,output=500)."), context)
            .GetRequiredTotal());
    }

    private static TokenUsage Counts(string text, string step)
    {
        TokenUsage usage = default;
        foreach (string pair in text.Split(','))
        {
            string[] sides = pair.Split('=');
            TokenBucketInfo? row = TokenBuckets.All.FirstOrDefault(
                row => sides.Length == 2 && row.Name.Equals(sides[0].Trim(), StringComparison.OrdinalIgnoreCase));
            usage = row is not null && QuantityParser.TryParse(sides[1].Trim(), out decimal count) && count == decimal.Truncate(count)
                && count <= long.MaxValue
                ? usage.With(row.Bucket, (long)count)
                : throw new CliException($"'{pair}' in '{step}' is not a count, such as input=2k, cacheRead=50k, output=500 or reasoning=8k.");
        }

        return usage;
    }
}
