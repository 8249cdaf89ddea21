using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Finds the logs that are meant: files, folders, patterns that no shell expanded, and agents by name. All of them are looked at
/// before one is read, and each is read once, by whatever name it is reached.</summary>
internal sealed class LogInputs : IDisposable
{
    private const string All = "all";

    private readonly CommandHost _host;
    private readonly List<LogInput> _logs = [];
    private readonly Dictionary<string, string> _names = new(RealPath.Comparer);
    private readonly List<(string Name, string First)> _again = [];

    private LogInputs(CommandHost host) => _host = host;

    /// <summary>The logs, in the order in which they were named; those of a folder in the order of their names.</summary>
    public IReadOnlyList<LogInput> Logs => _logs;

    /// <summary>How many bytes there are to read, as they are stored; null where that is not known before.</summary>
    public long? Length => _logs.TrueForAll(log => log.Length is not null) ? _logs.Sum(log => log.Length) : null;

    /// <summary>Finds them, and looks whether they can be read.</summary>
    /// <param name="paths">Files, folders, patterns, <c>-</c>.</param>
    /// <param name="agents">Names of agents, by comma; null for none.</param>
    /// <param name="host">Where the command runs.</param>
    /// <exception cref="CliException">One of them cannot be read, or there is none.</exception>
    public static LogInputs Find(IReadOnlyList<string> paths, string? agents, CommandHost host)
    {
        if (paths.Count == 0 && agents is null)
        {
            throw new CliException("Name a log: a file, a folder, a pattern such as 'logs/**/*.jsonl', - for standard input, or --agent "
                + "with the name of an agent whose sessions to read.");
        }

        if (paths.Count(path => path == InputFile.Standard) > 1)
        {
            throw new CliException(
                $"'{InputFile.Standard}' is given more than once, but standard input can be read only once.");
        }

        LogInputs inputs = new(host);
        try
        {
            foreach (string path in paths)
            {
                inputs.AddPath(path);
            }

            inputs.AddAgents(agents is null ? [] : AgentsOf(agents));
            inputs.TellAgain();
            return inputs;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    public void Dispose() => _logs.ForEach(log => log.Dispose());

    private void AddPath(string path)
    {
        string shown = VisibleText.OneLine(path);
        if (Directory.Exists(path))
        {
            FoundLogs found = Complete(LogFiles.FindIn(path));
            if (found.Files.Count == 0)
            {
                throw new CliException($"The folder '{shown}' has no logs: nothing in it ends in {string.Join(", ", LogFiles.Endings)}, "
                    + $"packed or not{(found.Skipped.Count == 0 ? "" : $", but in {Endings(found.Skipped)}")}.");
            }

            _host.Tell($"'{shown}': {TableText.Count(found.Files.Count, "file")}{Skipped(found)}.");
            AddFiles(found.Files);
        }
        else if (path.AsSpan().IndexOfAny('*', '?') >= 0 && !File.Exists(path))
        {
            FoundLogs found = Complete(LogFiles.FindMatching(path));
            if (found.Files.Count == 0)
            {
                throw new CliException($"No file matches '{shown}'.");
            }

            _host.Tell($"'{shown}': {TableText.Count(found.Files.Count, "file")}{Skipped(found)}.");
            AddFiles(found.Files);
        }
        else
        {
            AddFile(path);
        }
    }

    private void AddAgents(IReadOnlyList<string> agents)
    {
        foreach (string agent in agents)
        {
            foreach (AgentFolder folder in AgentFolders.Of(agent, _host.Home))
            {
                FoundLogs found = Complete(folder.Find());
                if (found.Files.Count > 0)
                {
                    _host.Tell($"{agent}: {TableText.Count(found.Files.Count, "file")} in '{VisibleText.OneLine(folder.Path)}'.");
                    AddFiles(found.Files);
                }

                foreach (string other in folder.NotRead)
                {
                    _host.Tell($"{agent}: '{VisibleText.OneLine(other)}' is a database, whose sessions are not read.");
                }
            }
        }

        if (_logs.Count == 0)
        {
            IEnumerable<string> looked = agents.SelectMany(agent => AgentFolders.Of(agent, _host.Home)).Select(folder => folder.Path);
            throw new CliException($"There are no sessions of {string.Join(", ", agents)} here. Looked in:\n"
                + string.Join('\n', looked.Distinct().Select(path => $"  {VisibleText.OneLine(path)}")));
        }
    }

    private static IReadOnlyList<string> AgentsOf(string text)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            if (name != All && AgentFolders.Of(name).IsEmpty)
            {
                string meant = NearestName.Find(AgentFolders.Agents, name) is { } near ? $"did you mean {near}? " : "";
                throw new CliException($"'{VisibleText.OneLine(name)}' is not an agent whose folder is known; {meant}Known: "
                    + $"{string.Join(", ", AgentFolders.Agents)}, and {All} for all of them.");
            }
        }

        return names.Length == 0 ? throw new CliException("--agent names no agent.") : names.Contains(All) ? AgentFolders.Agents : names;
    }

    private void AddFiles(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            AddFile(file);
        }
    }

    private void AddFile(string file)
    {
        if (file != InputFile.Standard && File.Exists(file))
        {
            string real = RealPath.Of(file);
            if (!_names.TryAdd(real, file))
            {
                _again.Add((file, _names[real]));
                return;
            }
        }

        _logs.Add(LogInput.Check(file, _host));
    }

    private void TellAgain()
    {
        if (_again.Count > 0)
        {
            (string name, string first) = _again[0];
            int more = _again.Count - 1;
            string same = name == first ? $"'{VisibleText.OneLine(name)}' is named more than once"
                : $"'{VisibleText.OneLine(name)}' is the same file as '{VisibleText.OneLine(first)}'";
            string others = more == 0 ? ": it is" : $", and so {(more == 1 ? "is" : "are")} {TableText.Quantity(more)} more: each is";
            _host.Tell($"{same}{others} read once.");
        }
    }

    private static FoundLogs Complete(FoundLogs found) => found.ClosedFolders is [var folder, ..]
        ? throw new CliException($"The folder '{VisibleText.OneLine(folder)}' cannot be read, so files may be missing: access is denied.")
        : found;

    private static string Skipped(FoundLogs found) => found.Skipped.Count switch
    {
        0 => "",
        1 => $", 1 skipped that ends in {Endings(found.Skipped)}",
        int several => $", {TableText.Quantity(several)} skipped that end in {Endings(found.Skipped)}",
    };

    /// <summary>How files end that are no logs, the most frequent first.</summary>
    private static string Endings(IReadOnlyList<string> files)
    {
        const int Shown = 5;
        string[] endings =
        [
            .. files.GroupBy(file => Path.GetExtension(file).ToLowerInvariant())
                .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => same.Key.Length == 0 ? "no ending" : VisibleText.OneLine(same.Key)),
        ];
        return string.Join(", ", endings.Take(Shown)) + (endings.Length > Shown ? ", ..." : "");
    }
}
