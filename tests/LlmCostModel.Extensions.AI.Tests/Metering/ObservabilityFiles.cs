using System.Text.Json;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>The dashboard and the rules that the documentation gives.</summary>
internal static class ObservabilityFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "observability");

    internal static string Alerts => Path.Combine(Folder, "alerts.yml");

    /// <summary>The query of a panel, with the intervals that Grafana would put in.</summary>
    internal static string Query(int panel, string rateInterval, string range)
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana-dashboard.json")));
        string query = dashboard.RootElement.GetProperty("panels").EnumerateArray().Single(one => one.GetProperty("id").GetInt32() == panel)
            .GetProperty("targets")[0].GetProperty("expr").GetString()!;
        return query.Replace("$currency", "USD", StringComparison.Ordinal)
            .Replace("$__rate_interval", rateInterval, StringComparison.Ordinal)
            .Replace("$__range", range, StringComparison.Ordinal);
    }
}
