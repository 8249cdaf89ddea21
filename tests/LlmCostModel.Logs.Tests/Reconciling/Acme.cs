using System.Text;
using LlmCostModel.Logs.Tests.Bills;

namespace LlmCostModel.Logs.Tests.Reconciling;

/// <summary>A provider with prices that are easy to work with, a log and a bill of it.</summary>
internal static class Acme
{
    // Halved from noon of 2026-04-10 on; twice above 1,000 tokens of input; 'beta' sells it, too.
    private const string Cards = """
        { "RateCards": {
          "acme": { "Provider": "acme", "FirstParty": true, "Currency": "USD", "Models": {
            "m-1": { "Versions": [
              { "Until": "2026-04-10T12:00:00Z", "BilledAs": { "CacheWrite": "CacheWrite5m", "Reasoning": "Output" }, "PerMillionTokens": { "Input": 2, "CacheRead": 0.2, "CacheWrite5m": 2.5, "CacheWrite1h": 4, "Output": 10 },
                "PerMeter": { "WebSearch": { "Price": 10, "Per": 1000 } }, "Rules": [
                { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5, "On": ["Tokens"] },
                { "Name": "priority", "When": { "Tier": "priority" }, "Multiply": 1.75, "On": ["Tokens"] },
                { "Name": "eu", "When": { "Region": "eu" }, "Multiply": 1.1, "On": ["Tokens"] } ] },
              { "From": "2026-04-10T12:00:00Z", "BilledAs": { "CacheWrite": "CacheWrite5m", "Reasoning": "Output" }, "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "CacheWrite5m": 1.25, "CacheWrite1h": 2, "Output": 5 } } ] },
            "m-2": { "BilledAs": { "Reasoning": "Output" }, "PerMillionTokens": { "Input": 3, "Output": 7 } },
            "m-long": { "PerMillionTokens": { "Input": 1, "Output": 4 }, "Rules": [
              { "Name": "long", "When": { "TotalInputAbove": 1000 }, "PerMillionTokens": { "Input": 2, "Output": 6 } } ] } } },
          "beta": { "Provider": "beta", "Currency": "USD", "Models": { "m-1": { "PerMillionTokens": { "Input": 2.3, "CacheRead": 0.25, "CacheWrite5m": 3, "CacheWrite1h": 5, "Output": 11 } } } } } }
        """;

    internal static CostEstimator Estimator { get; } = CreateEstimator();

    private static CostEstimator CreateEstimator()
    {
        LlmCostModelOptions options = new();
        options.AddJson(Encoding.UTF8.GetBytes(Cards), "acme.json");
        return new(options);
    }

    /// <summary>A record of a log: at noon of a day of April 2026.</summary>
    internal static string Call(int day, string model, string usage, string more = "", string time = "12:00:00Z") =>
        $$"""{"model":"{{model}}","provider":"acme","at":"2026-04-{{day:00}}T{{time}}","usage":{{usage}}{{more}}}""";

    /// <summary>A bill as CSV; a row is a day of April 2026, a model and a cost.</summary>
    internal static string Bill(params (int Day, string Model, string Cost)[] rows) =>
        "date,model,provider,cost,currency\n"
        + string.Concat(rows.Select(row => $"2026-04-{row.Day:00},{row.Model},acme,{row.Cost},USD\n"));

    internal static ReconciliationResult Compare(string bill, params string[] log) => Compare(new ReconciliationOptions(), bill, log);

    internal static ReconciliationResult Compare(ReconciliationOptions options, string bill, params string[] log)
    {
        Reconciliation reconciliation = new(Estimator, options);
        foreach (BillLine line in TextBill.Read(bill))
        {
            reconciliation.Add(line);
        }

        foreach (LogRecord record in log.Length == 0 ? [] : TextLog.Read(string.Join('\n', log)))
        {
            reconciliation.Add(record);
        }

        return reconciliation.Finish();
    }

    /// <summary>Day, model, status and the kinds of the causes.</summary>
    internal static string[] Shown(ReconciliationResult result) =>
    [
        .. result.Days.Select(day =>
            $"{day.Day.Day} {day.Model} {day.Status}{string.Concat(day.Causes.Select(cause => " " + cause.Kind).Distinct())}"),
    ];
}
