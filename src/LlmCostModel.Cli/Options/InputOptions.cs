using System.CommandLine;
using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Options;

/// <summary>The logs that a command reads.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "logs of calls: files, folders, patterns such as 'logs/**/*.jsonl'; - is standard input, packed logs are read as "
            + "such",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _agent = new("--agent")
    {
        Description = $"read the sessions of an agent, wherever it keeps them: {string.Join(", ", AgentFolders.Agents)}, or all; several "
            + "by comma",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_files);
        command.Options.Add(_agent);
        (command as CheckedCommand)?.Uses.Always(_agent);
    }

    public LogInputs Find(ParseResult result, CommandHost host) =>
        LogInputs.Find(result.GetValue(_files) ?? [], result.GetValue(_agent), host);
}
