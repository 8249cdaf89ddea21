using System.Runtime.InteropServices;

namespace LlmCostModel.Logs.Tests.Agents;

/// <summary>Each agent's folders, on each system, as its own documents have them.</summary>
public sealed class AgentFolderTests
{
    private const string Home = "/home/ann";

    public static TheoryData<string, string, string, string> Folders => new()
    {
        { "claude-code", "LINUX", "", "~/.claude/projects" },
        { "claude-code", "LINUX", "", "~/.config/claude/projects" },
        { "claude-code", "WINDOWS", "CLAUDE_CONFIG_DIR=/a, /b", "/a/projects" },
        { "claude-code", "WINDOWS", "CLAUDE_CONFIG_DIR=/a, /b", "/b/projects" },
        { "codex", "OSX", "", "~/.codex/sessions" },
        { "codex", "LINUX", "CODEX_HOME=/c", "/c/archived_sessions" },
        { "gemini-cli", "LINUX", "", "~/.gemini/tmp" },
        { "gemini-cli", "LINUX", "GEMINI_CLI_HOME=/g", "/g/.gemini/tmp" },
        { "opencode", "OSX", "", "~/.local/share/opencode" },
        { "opencode", "LINUX", "XDG_DATA_HOME=/d", "/d/opencode" },
        { "opencode", "LINUX", "OPENCODE_DATA_DIR=/o", "/o" },
        { "pi", "LINUX", "", "~/.pi/agent/sessions" },
        { "pi", "LINUX", "PI_CODING_AGENT_DIR=/p", "/p/sessions" },
        { "pi", "LINUX", "PI_CODING_AGENT_SESSION_DIR=/s", "/s" },
        { "cline", "LINUX", "", "~/.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks" },
        { "cline", "OSX", "", "~/Library/Application Support/Code/User/globalStorage/saoudrizwan.claude-dev/tasks" },
        { "cline", "WINDOWS", "APPDATA=/r", "/r/Code/User/globalStorage/saoudrizwan.claude-dev/tasks" },
        { "cline", "WINDOWS", "", "~/AppData/Roaming/Cursor/User/globalStorage/saoudrizwan.claude-dev/tasks" },
        { "cline", "LINUX", "", "~/.vscode-server/data/User/globalStorage/saoudrizwan.claude-dev/tasks" },
        { "cline", "LINUX", "", "~/.cline/data/tasks" },
        { "roo-code", "LINUX", "XDG_CONFIG_HOME=/x", "/x/Code - Insiders/User/globalStorage/rooveterinaryinc.roo-cline/tasks" },
        { "copilot", "LINUX", "", "~/.copilot/session-state" },
        { "copilot", "LINUX", "COPILOT_HOME=/h", "/h/session-state" },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_IsWhereTheAgentKeepsIt(string agent, string system, string variable, string expected)
    {
        AgentHome home = new(Home, name => variable.StartsWith(name + "=", StringComparison.Ordinal) ? variable[(name.Length + 1)..] : null, OSPlatform.Create(system));

        Assert.Contains(expected.Replace("~", Home, StringComparison.Ordinal), AgentFolders.Of(agent.ToUpperInvariant(), home).Select(folder => folder.Path.Replace('\\', '/')));
    }

    [Fact]
    public void EveryAgent_HasFolders_WithASource() => Assert.All(AgentFolders.Agents, agent => Assert.All(
        AgentFolders.Of(agent),
        folder => Assert.True(folder.Agent == agent && folder.Source.StartsWith("https://", StringComparison.Ordinal) && folder.Patterns.Count > 0 && folder.ToString() == $"{agent}: {folder.Path}")));

    [Fact]
    public void Agent_ThatIsNotKnown_HasNone() => Assert.Empty(AgentFolders.Of("nobody"));

    /// <summary>Of a folder as the tool lays it out, the sessions are found and what lies beside them is not.</summary>
    [Theory]
    [InlineData("claude-code", ".claude/projects/-home-ann-app/s.jsonl .claude/projects/-home-ann-app/s/subagents/agent-1.jsonl", ".claude/history.jsonl .claude/projects/-home-ann-app/memory/MEMORY.md")]
    [InlineData("codex", ".codex/sessions/2026/11/27/rollout-1.jsonl .codex/archived_sessions/rollout-0.jsonl.zst", ".codex/history.jsonl .codex/session_index.jsonl")]
    [InlineData("gemini-cli", ".gemini/tmp/app/chats/session-1.json .gemini/tmp/app/chats/session-2.jsonl", ".gemini/tmp/app/logs.json .gemini/settings.json")]
    [InlineData("opencode", ".local/share/opencode/storage/message/ses_1/msg_1.json", ".local/share/opencode/storage/session/ses_1.json")]
    [InlineData("cline", ".config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks/1/ui_messages.json", ".config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks/1/api_conversation_history.json")]
    [InlineData("copilot", ".copilot/session-state/1/events.jsonl", ".copilot/session-state/1/workspace.yaml")]
    public void Sessions_AreFound_AndNothingElse(string agent, string sessions, string others)
    {
        DirectoryInfo home = Directory.CreateTempSubdirectory("home-");
        try
        {
            foreach (string file in $"{sessions} {others}".Split(' '))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(home.FullName, file))!);
                File.WriteAllText(Path.Combine(home.FullName, file), "{}");
            }

            IEnumerable<string> found = AgentFolders.Of(agent, new AgentHome(home.FullName, _ => null, OSPlatform.Linux)).SelectMany(folder => folder.Find().Files);

            Assert.Equal(sessions.Split(' ').Order(StringComparer.Ordinal), found.Select(file => Path.GetRelativePath(home.FullName, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
