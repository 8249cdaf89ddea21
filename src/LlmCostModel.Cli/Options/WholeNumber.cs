using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LlmCostModel.Cli.Options;

/// <summary>Options that take a whole number in a range.</summary>
internal static class WholeNumber
{
    public static Option<long?> Option(string name, string description, string helpName, long least, long most = long.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Parse(result, name, least, most),
        };

    private static long? Parse(ArgumentResult result, string name, long least, long most)
    {
        string text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number >= least
            && number <= most)
        {
            return number;
        }

        result.AddError(FormattableString.Invariant($"{name} is '{text}', not a whole number from {least} to {most}."));
        return null;
    }
}
