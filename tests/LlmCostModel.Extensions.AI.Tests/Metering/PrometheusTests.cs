using System.Diagnostics;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>What Prometheus itself makes of the rules and queries; the gate installs it.</summary>
public sealed class PrometheusTests
{
    /// <summary>The first unpriced call of a model that was never seen, from a counter that is born at 1, and from one that was 0.</summary>
    [PrometheusTheory]
    [InlineData("_ _ _ _ _ _ _ _ _ _ 1 1 1", true)]
    [InlineData("0 0 0 0 0 0 0 0 0 0 1 1 1", true)]
    [InlineData("0 0 0 0 0 0 0 0 0 0 0 0 0", false)]
    [InlineData("5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5", false)] // long ago
    public void Alert_FirstUnpricedCall_Fires(string values, bool fires)
    {
        int minutes = values.Split(' ').Length - 1;
        string alert = fires
            ? """[{ exp_labels: { llmcost_reason: "UnknownModel", gen_ai_response_model: "acme-9" }, exp_annotations: { summary: "Calls have no price (UnknownModel). Spend is higher than the cost metrics say; add a rate or map the deployment." } }]"""
            : "[]";

        RunTests($$"""
            rule_files: [ "{{ObservabilityFiles.Alerts}}" ]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series: [ { series: 'llmcost_calls_unpriced_total{llmcost_reason="UnknownModel",gen_ai_response_model="acme-9"}', values: "{{values}}" } ]
                alert_rule_test: [ { eval_time: {{minutes}}m, alertname: LlmCallsUnpriced, exp_alerts: {{alert}} } ]
            """);
    }

    /// <summary>Calls that report are calculated at 15 of 16; the others do not count: 0.9375. All spend over what is reported would be 1.81.</summary>
    [PrometheusFact]
    public void DriftPanel_CallsThatReportNothing_DoNotCount() => RunTests($$"""
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - { series: 'llmcost_usage_cost_total{llmcost_currency="USD"}', values: "0+29x10" }
              - { series: 'llmcost_usage_reported_cost_total{llmcost_currency="USD"}', values: "0+16x10" }
              - { series: 'llmcost_compared_calculated_cost_total{llmcost_currency="USD"}', values: "0+15x10" }
              - { series: 'llmcost_compared_reported_cost_total{llmcost_currency="USD"}', values: "0+16x10" }
            promql_expr_test: [ { eval_time: 10m, expr: '{{Query(7)}}', exp_samples: [ { labels: '{}', value: 0.9375 } ] } ]
        """);

    /// <summary>One series that was there and grew by 3, and one that was born at 2: 5.</summary>
    [PrometheusFact]
    public void SpendPanel_SeriesBornInTheRange_CountsWhole() => RunTests($$"""
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - { series: 'llmcost_usage_cost_total{llmcost_currency="USD",gen_ai_response_model="a"}', values: "4x20 7x20" }
              - { series: 'llmcost_usage_cost_total{llmcost_currency="USD",gen_ai_response_model="b"}', values: "_x30 2x11" }
            promql_expr_test: [ { eval_time: 40m, expr: 'round({{Query(2)}}, 0.5)', exp_samples: [ { labels: '{}', value: 5 } ] } ]
        """);

    private static string Query(int panel) => ObservabilityFiles.Query(panel, rateInterval: "5m", range: "30m");

    private static void RunTests(string tests)
    {
        string file = Path.Combine(Path.GetTempPath(), $"llmcost-{Guid.NewGuid():N}.yml");
        File.WriteAllText(file, tests);
        try
        {
            ProcessStartInfo start = new("promtool", ["test", "rules", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process promtool = Process.Start(start)!;
            string said = promtool.StandardOutput.ReadToEnd() + promtool.StandardError.ReadToEnd();
            promtool.WaitForExit();
            Assert.True(promtool.ExitCode == 0, said);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
