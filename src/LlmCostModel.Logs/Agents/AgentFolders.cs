using System.Collections.Immutable;

namespace LlmCostModel.Logs;

/// <summary>Where agents keep their sessions, on Linux, macOS and Windows.</summary>
public static class AgentFolders
{
    private static readonly (string Agent, Func<AgentHome, IEnumerable<AgentFolder>> Folders)[] Known =
    [
        ("claude-code", ClaudeCode), ("codex", Codex), ("gemini-cli", GeminiCli), ("opencode", OpenCode), ("pi", Pi),
        ("cline", Cline), ("roo-code", RooCode), ("copilot", Copilot),
    ];

    /// <summary>Editors that run extensions of Visual Studio Code, by the name of their folder.</summary>
    private static readonly string[] Editors = ["Code", "Code - Insiders", "VSCodium", "Cursor", "Windsurf"];

    /// <summary>The same on a machine that is worked on from another: containers, SSH, WSL.</summary>
    private static readonly string[] Servers =
        [".vscode-server", ".vscode-server-insiders", ".vscodium-server", ".cursor-server", ".windsurf-server"];

    private static readonly string[] CodexFolders = ["sessions", "archived_sessions"];

    /// <summary>Gets the names of the agents.</summary>
    public static ImmutableArray<string> Agents { get; } = [.. Known.Select(known => known.Agent)];

    /// <summary>Lists the folders in which an agent may keep its sessions.</summary>
    /// <param name="agent">The name of the agent, in any case.</param>
    /// <param name="home">Whose; <see langword="null"/> for who runs the program.</param>
    /// <returns>The folders, whether they exist or not; empty when the agent is not known.</returns>
    public static ImmutableArray<AgentFolder> Of(string agent, AgentHome? home = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return
        [
            .. Known.Where(known => known.Agent.Equals(agent, StringComparison.OrdinalIgnoreCase))
                .SelectMany(known => known.Folders(home ?? AgentHome.Current)),
        ];
    }

    /// <summary><c>CLAUDE_CONFIG_DIR</c> is one folder to Claude Code, several by comma to ccusage. The lines of a subagent's journal tell
    /// of its start and end alone. Read 2026-11-27: https://code.claude.com/docs/en/claude-directory, and
    /// ryoppippi/ccusage, docs of its sources.</summary>
    private static IEnumerable<AgentFolder> ClaudeCode(AgentHome home) =>
        (home.Variable("CLAUDE_CONFIG_DIR")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [home.In(".claude"), Path.Combine(home.Or("XDG_CONFIG_HOME", ".config"), "claude")])
        .Select(folder => new AgentFolder(
            "claude-code", Path.Combine(folder, "projects"), "https://code.claude.com/docs/en/claude-directory", "**/*.jsonl"));

    /// <summary>Sessions by day, archived ones in one folder, older ones packed. Read 2026-11-27: openai/codex,
    /// codex-rs/rollout/src/lib.rs and recorder.rs.</summary>
    private static IEnumerable<AgentFolder> Codex(AgentHome home) =>
        from name in CodexFolders
        select new AgentFolder(
            "codex", Path.Combine(home.Or("CODEX_HOME", ".codex"), name),
            "https://github.com/openai/codex/blob/main/codex-rs/rollout/src/lib.rs", "**/*.jsonl", "**/*.jsonl.zst");

    /// <summary>A folder for every project, <c>GEMINI_CLI_HOME</c> stands for home. Read 2026-11-27: google-gemini/gemini-cli,
    /// packages/core/src/config/storage.ts and docs/reference/configuration.md.</summary>
    private static IEnumerable<AgentFolder> GeminiCli(AgentHome home) =>
    [
        new(
            "gemini-cli", Path.Combine(home.Or("GEMINI_CLI_HOME"), ".gemini", "tmp"),
            "https://geminicli.com/docs/cli/session-management", "*/chats/**/*.json", "*/chats/**/*.jsonl"),
    ];

    /// <summary>Messages in files; since 2026 in a database. Read 2026-11-27: anomalyco/opencode, packages/opencode/src/global/index.ts
    /// (xdg-basedir: on every system below home), and ccusage for <c>OPENCODE_DATA_DIR</c>.</summary>
    private static IEnumerable<AgentFolder> OpenCode(AgentHome home) =>
        (home.Variable("OPENCODE_DATA_DIR")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [Path.Combine(home.Or("XDG_DATA_HOME", ".local", "share"), "opencode")])
        .Select(folder => new AgentFolder(
            "opencode", folder, "https://github.com/anomalyco/opencode/blob/dev/packages/opencode/src/global/index.ts",
            "storage/message/**/*.json")
        { Unread = "opencode*.db" });

    /// <summary>Read 2026-11-27: badlogic/pi-mono, packages/coding-agent/docs/session.md and settings.md.</summary>
    private static IEnumerable<AgentFolder> Pi(AgentHome home) =>
    [
        new(
            "pi",
            home.Variable("PI_CODING_AGENT_SESSION_DIR")
                ?? Path.Combine(home.Or("PI_CODING_AGENT_DIR", ".pi", "agent"), "sessions"),
            "https://github.com/badlogic/pi-mono/blob/main/packages/coding-agent/docs/session.md", "**/*.jsonl"),
    ];

    /// <summary>Folders of the extension by system, and of its own command. Read 2026-11-27: cline/cline, issues 7742 and 4359.</summary>
    private static IEnumerable<AgentFolder> Cline(AgentHome home) =>
        Extension(home, "cline", "saoudrizwan.claude-dev", "https://github.com/cline/cline/issues/7742")
            .Append(new(
                "cline", Path.Combine(home.Or("CLINE_DIR", ".cline"), "data", "tasks"), "https://github.com/cline/cline/issues/7742",
                "*/ui_messages.json"));

    /// <summary>Read 2026-11-27: RooCodeInc/Roo-Code, issue 11994; another folder may be set in the extension (pull request
    /// 1941).</summary>
    private static IEnumerable<AgentFolder> RooCode(AgentHome home) =>
        Extension(home, "roo-code", "rooveterinaryinc.roo-cline", "https://github.com/RooCodeInc/Roo-Code/issues/11994");

    /// <summary>A folder for every session. Read 2026-11-27: the reference of the command's folder; <c>COPILOT_HOME</c> moves
    /// it.</summary>
    private static IEnumerable<AgentFolder> Copilot(AgentHome home) =>
    [
        new(
            "copilot", Path.Combine(home.Or("COPILOT_HOME", ".copilot"), "session-state"),
            "https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-config-dir-reference", "**/events.jsonl"),
    ];

    private static IEnumerable<AgentFolder> Extension(AgentHome home, string agent, string extension, string source) =>
        from storage in Editors.Select(editor => Path.Combine(home.Applications, editor, "User"))
            .Concat(Servers.Select(server => home.In(server, "data", "User")))
        select new AgentFolder(agent, Path.Combine(storage, "globalStorage", extension, "tasks"), source, "*/ui_messages.json");
}
