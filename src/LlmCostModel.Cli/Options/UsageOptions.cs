using System.CommandLine;
using System.Text;

namespace LlmCostModel.Cli.Options;

/// <summary>The options that say what a call consumed. Counts are disjoint.</summary>
internal sealed class UsageOptions
{
    private readonly (TokenBucket Bucket, Option<long> Option)[] _counts = [.. TokenBuckets.All.Select(row => (row.Bucket, Count(row)))];

    private readonly Option<MeteredQuantities> _meters = new("--meter")
    {
        Description = "what is not a token, as NAME=QUANTITY; repeatable",
        CustomParser = PairParser.Meters,
        DefaultValueFactory = _ => MeteredQuantities.Empty,
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "NAME=QUANTITY",
    };

    public void AddTo(Command command)
    {
        foreach ((_, Option<long> option) in _counts)
        {
            command.Options.Add(option);
        }

        command.Options.Add(_meters);
    }

    /// <summary>Whether anything says what is consumed.</summary>
    public bool IsGiven(ParseResult result) =>
        _counts.Select(count => (Option)count.Option).Append(_meters).Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>Refuses a count of reasoning that something else says.</summary>
    public void RefuseReasoning(ParseResult result, string why) =>
        UnusedOptions.Refuse(result, why, Array.Find(_counts, count => count.Bucket == TokenBucket.Reasoning).Option);

    public TokenUsage Usage(ParseResult result)
    {
        if (!IsGiven(result))
        {
            throw new CliException(
                "Nothing says what the call consumed. Give counts, such as --input 1200 --output 300; 0 is a count too.");
        }

        TokenUsage usage = default;
        foreach ((TokenBucket bucket, Option<long> option) in _counts)
        {
            usage = usage.With(bucket, result.GetValue(option));
        }

        _ = checked(usage.TotalInput + usage.TotalOutput);
        return usage;
    }

    public MeteredQuantities Meters(ParseResult result) => result.GetValue(_meters) ?? MeteredQuantities.Empty;

    /// <summary>The option of a bucket, such as <c>--cache-write-5m</c>.</summary>
    internal static string NameOf(TokenBucketInfo row)
    {
        StringBuilder name = new("-");
        char before = default;
        foreach (char letter in row.Name)
        {
            bool startsWord = char.IsUpper(letter) || (char.IsDigit(letter) && !char.IsDigit(before));
            name.Append(startsWord ? "-" : "").Append(char.ToLowerInvariant(letter));
            before = letter;
        }

        return name.ToString();
    }

    private static Option<long> Count(TokenBucketInfo row) => new(NameOf(row))
    {
        Description = row.Description,
        CustomParser = QuantityParser.Tokens,
        DefaultValueFactory = _ => 0,
        HelpName = "TOKENS",
    };
}
