using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>The dashboard and the rules ask for metrics and labels that exist, under the names that the Prometheus exporter gives them.</summary>
public partial class ObservabilityFilesTests
{
    private static readonly string[] Names = [.. typeof(MetricNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Theory]
    [InlineData("grafana-dashboard.json")]
    [InlineData("alerts.yml")]
    public void Queries_UseOnlyNamesThatExist(string file)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "observability", file));
        string[] known = [.. Names.Select(name => name.Replace('.', '_'))];
        string[] used = [.. Asked().Matches(text).Select(match => match.Value).Distinct()];

        Assert.True(used.Length >= 7, string.Join(", ", used));
        Assert.All(used, name => Assert.Contains(known, one => name == one || name == one + "_total" || name == one + "_bucket"));
    }

    [Fact]
    public void Dashboard_Panels_HaveDistinctIdsAndQueries()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "observability", "grafana-dashboard.json")));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];

        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
    }

    [GeneratedRegex(@"(?<![\w:])(llmcost|gen_ai)_[a-z_]+")]
    private static partial Regex Asked();
}
