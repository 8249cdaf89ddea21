using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A Prometheus on this machine, with its data in a folder that goes with it.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly HttpClient _client;

    private PrometheusServer(DirectoryInfo folder, Process process, Uri address, int target)
    {
        (_folder, _process, Target) = (folder, process, target);
        _client = new HttpClient { BaseAddress = address };
    }

    /// <summary>The port that it scrapes.</summary>
    internal int Target { get; }

    internal static PrometheusServer Start(string rules)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("llmcost-prometheus-");
        (int own, int scraped) = (FreePort(), FreePort());
        string configuration = Path.Combine(folder.FullName, "prometheus.yml");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            global: { scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms }
            rule_files: [ "{{rules}}" ]
            scrape_configs: [ { job_name: calls, static_configs: [ { targets: [ "localhost:{{scraped}}" ] } ] } ]
            """));
        ProcessStartInfo start = new("prometheus",
        [
            $"--config.file={configuration}",
            $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{own}"),
            "--log.level=error",
        ]);
        return new PrometheusServer(folder, Process.Start(start)!, new UriBuilder("http", "127.0.0.1", own).Uri, scraped);
    }

    /// <summary>The value of a query, as soon as it has one that is a number: a rate of which nothing happened yet is 0 / 0. In between,
    /// something is done.</summary>
    internal async Task<double?> WaitForAsync(string query, Func<Task> meanwhile)
    {
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience; await Task.Delay(100))
        {
            await meanwhile();
            if (await AskAsync($"api/v1/query?query={Uri.EscapeDataString(query)}") is { } answer
                && answer.GetProperty("result").EnumerateArray().Select(one => one.GetProperty("value")[1].GetString()!).SingleOrDefault() is { } value
                && double.Parse(value, CultureInfo.InvariantCulture) is double number && !double.IsNaN(number))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>The alerts that are raised now.</summary>
    internal async Task<string[]> AlertsAsync() => await AskAsync("api/v1/alerts") is { } answer
        ? [.. answer.GetProperty("alerts").EnumerateArray().Select(alert => string.Join(' ', (string?[])
        [
            Label(alert, "alertname"), alert.GetProperty("state").GetString(), Label(alert, "llmcost_reason"), Label(alert, "gen_ai_response_model"),
        ]))]
        : [];

    internal async Task<string?> WaitForAlertAsync(string name)
    {
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience; await Task.Delay(100))
        {
            if ((await AlertsAsync()).FirstOrDefault(alert => alert.StartsWith(name, StringComparison.Ordinal)) is { } raised)
            {
                return raised;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string? Label(JsonElement alert, string name) =>
        alert.GetProperty("labels").TryGetProperty(name, out JsonElement label) ? label.GetString() : null;

    /// <summary>What it answers; nothing while it starts.</summary>
    private async Task<JsonElement?> AskAsync(string path)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative)));
            return answer.RootElement.GetProperty("data").Clone();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
