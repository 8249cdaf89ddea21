using System.CommandLine;
using System.Globalization;

namespace LlmCostModel.Cli.Options;

/// <summary>How many threads may work.</summary>
internal sealed class ThreadsOption
{
    private const int Most = 64;

    /// <summary>More read a log no faster.</summary>
    private const int Usual = 8;

    public Option<int?> Option { get; } = new("--threads")
    {
        Description = $"how many threads read logs, 1 to {Most}; default one for each processor, at most {Usual}",
        HelpName = "N",
    };

    public int Of(ParseResult result) => result.GetValue(Option) switch
    {
        null => Math.Min(Environment.ProcessorCount, Usual),
        >= 1 and <= Most and int threads => threads,
        int other => throw new CliException(string.Create(CultureInfo.InvariantCulture, $"--threads is {other}. Give 1 to {Most}.")),
    };
}
