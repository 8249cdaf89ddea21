using LlmCostModel.Budgets;
using LlmCostModel.Logs;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Cli;

/// <summary>What went wrong, in words of the command: of exceptions of the framework, only what helps.</summary>
internal static class ErrorText
{
    /// <summary>The words for a fault that nobody thought of.</summary>
    public const string Unexpected =
        "llmcost failed in a way that it should not. Please report it with the command and, if you can, its files:";

    /// <summary>How faults of what was given begin that the library takes for a state.</summary>
    private static readonly string[] OfInput =
        ["Cannot rank prices in several currencies", $"{nameof(CostGateOptions.MaximumIncreaseAmount)} has the currency of the costs"];

    public static string Of(Exception exception) => CommandWords.Of(ToText(exception));

    private static string ToText(Exception exception) => exception switch
    {
        OptionsValidationException options => string.Join('\n', options.Failures),
        OverflowException when !IsOfFramework(exception.Message) => exception.Message,
        OverflowException => "Counts or amounts are larger than can be computed: tokens up to 9,223,372,036,854,775,807, amounts up to "
            + "79,228,162,514,264,337,593,543,950,335.",
        OutOfMemoryException => "The input needs more memory than there is.",
        ArgumentOutOfRangeException { ParamName: { } name } => OutOfRange(name, exception.Message),
        ArgumentException => WithoutParameter(exception.Message),
        CliException or LogFormatException or FormatException or RateCardException or UnpricedException or BudgetStoreException =>
            exception.Message,
        InvalidOperationException when Array.Exists(OfInput, begin => exception.Message.StartsWith(begin, StringComparison.Ordinal)) =>
            exception.Message,
        IOException or UnauthorizedAccessException => OfSystem(exception),
        _ => $"{Unexpected} {exception.Message}",
    };

    /// <summary>What the system says, without the path that the caller names better.</summary>
    public static string OfSystem(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "access is denied.",
        FileNotFoundException => "there is no such file.",
        DirectoryNotFoundException => "its folder does not exist.",
        PathTooLongException => "the path is too long.",
        _ when exception.Message.IndexOf(" : '", StringComparison.Ordinal) is > 0 and int end => exception.Message[..end] + ".",
        _ when exception.Message.EndsWith('.') => exception.Message,
        _ => exception.Message + ".",
    };

    private static bool IsOfFramework(string message) =>
        message.StartsWith("Arithmetic operation", StringComparison.Ordinal) || message.StartsWith("Value was ", StringComparison.Ordinal);

    /// <summary>A value outside its range, named as the option is: the framework names the parameter.</summary>
    private static string OutOfRange(string parameter, string message)
    {
        string text = WithoutParameter(message);
        if (!text.StartsWith($"{parameter} ('", StringComparison.Ordinal)
            || text.IndexOf("') must be ", StringComparison.Ordinal) is not (> 0 and int at))
        {
            return text;
        }

        string value = text[(parameter.Length + 3)..at];
        string must = text[(at + "') must be ".Length)..].TrimEnd('.')
            .Replace("a non-negative and non-zero value", "more than 0", StringComparison.Ordinal)
            .Replace("a non-negative value", "0 or more", StringComparison.Ordinal);
        string option = string.Concat(parameter.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
        return $"{option} is {value}, but must be {must}.";
    }

    /// <summary>The message of an exception that names a parameter, which means nothing to who calls the command.</summary>
    private static string WithoutParameter(string message)
    {
        int end = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
