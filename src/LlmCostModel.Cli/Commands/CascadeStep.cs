using System.Globalization;
using LlmCostModel.Cli.Options;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Commands;

/// <summary>A step of a cascade as it is written: the models of a try, how often it solves the task, and how many answers are
/// drawn.</summary>
internal sealed record CascadeStep
{
    /// <summary>Tried again after each failure.</summary>
    public const string Repeat = "repeat";

    /// <summary>Drawn at once; most of them decide.</summary>
    public const string Vote = "vote";

    /// <summary>Drawn at once; a check finds a right one.</summary>
    public const string Best = "best";

    public const string Form = "MODEL@SHARE, such as gpt-4o-mini@60%; with counts of its own MODEL:input=2k,output=500@60%; several models "
        + "in a try A+B@80%; an amount 20@100%; up to five tries MODEL@60%x5, five answers and a vote x5vote, the best of them x5best";

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
        int times = end.IndexOf('x', StringComparison.OrdinalIgnoreCase);
        string draws = times < 0 ? "1" : end[(times + 1)..];
        string kind = new[] { Vote, Best }.FirstOrDefault(name => draws.EndsWith(name, StringComparison.OrdinalIgnoreCase)) ?? Repeat;
        string count = kind == Repeat ? draws : draws[..^kind.Length];
        return at > 0
            && DecimalOption.TryShare(times < 0 ? end : end[..times], out decimal share)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int samples)
            && samples is >= 1 and <= 1_000
            ? new()
            {
                Text = text,
                Parts = [.. text[..at].Split('+').Select(part => Part(part, text, estimator, usage, context))],
                SolveRate = share,
                Samples = samples,
                Kind = kind,
            }
            : throw new CliException($"'{text}' is not a step. Write {Form}; 1 to 1000 answers.");
    }

    private static (string? Model, Money Amount) Part(
        string text, string step, ICostEstimator estimator, TokenUsage? usage, CallContext context)
    {
        if (QuantityParser.TryParse(text, out decimal amount))
        {
            return (null, new Money(amount, "USD"));
        }

        // An id may have colons of its own: the counts begin behind the last one before an equals sign.
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        int colon = equals < 0 ? -1 : text.LastIndexOf(':', equals);
        string model = colon < 0 ? text : text[..colon];
        TokenUsage consumed = (colon < 0 ? usage : Counts(text[(colon + 1)..], step, usage ?? default)) ?? throw new CliException(
            $"Nothing says what '{model}' consumes. Give --input and --output, or {model}:input=2k,output=500.");
        return (model, estimator.Estimate(model, consumed, context).GetRequiredTotal());
    }

    /// <summary>The counts of a model, and for the rest those that all have.</summary>
    private static TokenUsage Counts(string text, string step, TokenUsage usage)
    {
        HashSet<TokenBucket> known = [];
        foreach (string pair in text.Split(','))
        {
            string[] sides = pair.Split('=');
            TokenBucketInfo? row = TokenBuckets.All.FirstOrDefault(
                row => sides.Length == 2 && row.Name.Equals(sides[0].Trim(), StringComparison.OrdinalIgnoreCase));
            if (row is not null && !known.Add(row.Bucket))
            {
                throw new CliException($"'{step}' says {row.JsonName} twice.");
            }

            usage = row is not null && QuantityParser.TryParse(sides[1].Trim(), out decimal count) && count == decimal.Truncate(count)
                && count <= long.MaxValue
                ? usage.With(row.Bucket, (long)count)
                : throw new CliException(
                    $"'{pair}' in '{step}' is not a count, such as input=2k, cacheRead=50k, output=500 or reasoning=8k.");
        }

        return usage;
    }
}
