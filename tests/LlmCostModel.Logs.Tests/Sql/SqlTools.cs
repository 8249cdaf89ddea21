using System.Diagnostics;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>ClickHouse and parsers of SQL for Node.js: <c>.ci/run tools</c> installs what <c>Sql/Tools/package.json</c> lists.</summary>
internal static class SqlTools
{
    /// <summary>Where the packages are.</summary>
    private static readonly string Packages = Environment.GetEnvironmentVariable("LLMCOSTMODEL_SQL_TOOLS") is { Length: > 0 } given
        ? given
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "llmcostmodel", "sql");

    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "SqlTools");

    /// <summary>Whether they are there, as they are listed.</summary>
    public static bool AreInstalled { get; } = File.Exists(Path.Combine(Packages, "installed.json"))
        && File.ReadAllText(Path.Combine(Packages, "installed.json")) == File.ReadAllText(Path.Combine(Scripts, "package.json"));

    public static Process Start(string script, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("node", [Path.Combine(Scripts, script), Packages, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}

/// <summary>A fact about ClickHouse or parsers; skipped, visibly, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SqlToolsFactAttribute : FactAttribute
{
    public SqlToolsFactAttribute()
    {
        if (!SqlTools.AreInstalled)
        {
            Skip = "ClickHouse and parsers of SQL are not installed. Run .ci/run tools.";
        }
    }
}
