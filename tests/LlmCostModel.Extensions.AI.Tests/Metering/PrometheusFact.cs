#pragma warning disable SA1402, SA1649 // Two of a kind.
namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A fact about what Prometheus makes of metrics; skipped, visibly, where it is not installed. The gate installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = Reason;

    internal static string? Reason { get; } =
        Environment.GetEnvironmentVariable("CI") is null && !IsInstalled ? "Prometheus is not installed: apt-get install prometheus." : null;

    private static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "prometheus")) && File.Exists(Path.Combine(folder, "promtool")));
}

/// <inheritdoc cref="PrometheusFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrometheusTheoryAttribute : TheoryAttribute
{
    public PrometheusTheoryAttribute() => Skip = PrometheusFactAttribute.Reason;
}
