using LlmCostModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Prices the responses that the day has left in a file, one per line, each night at five past twelve UTC; with --once now, and ends.
HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddCatalog();
builder.Services.AddHostedService<NightlyReport>();
await builder.Build().RunAsync();

/// <summary>What a file of responses cost, by model; what has no price, or cannot be read, is counted and named.</summary>
internal sealed partial class NightlyReport(
    ICostEstimator estimator, TimeProvider clock, IHostApplicationLifetime host, ILogger<NightlyReport> logger) : BackgroundService
{
    private readonly ILogger _logger = logger; // the logging generator of .NET 8 wants a field
    private static readonly string Log = Path.Combine(AppContext.BaseDirectory, "responses.jsonl");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Environment.GetCommandLineArgs().Contains("--once"))
        {
            await ReportAsync(stoppingToken);
            host.StopApplication();
            return;
        }

        while (true)
        {
            DateTimeOffset now = clock.GetUtcNow();
            await Task.Delay(new DateTimeOffset(now.UtcDateTime.Date.AddDays(1).AddMinutes(5)) - now, clock, stoppingToken);
            await ReportAsync(stoppingToken);
        }
    }

    private async Task ReportAsync(CancellationToken stoppingToken)
    {
        Dictionary<(string Model, string Currency), decimal> costs = [];
        int line = 0;
        await foreach (string text in File.ReadLinesAsync(Log, stoppingToken))
        {
            line++;
            if (!UsageReader.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out UsageReading reading, out string? error))
            {
                Rejected(line, error);
                continue;
            }

            PricedCall call = estimator.Price(new ModelCall { Reading = reading });
            foreach (PricedPart part in call.Parts)
            {
                if (part.Estimate.Total is { } total)
                {
                    (string, string) key = (part.Estimate.Model ?? "unknown", total.Currency);
                    costs[key] = costs.GetValueOrDefault(key) + total.Amount;
                }
            }

            foreach (CostIssue issue in call.Issues)
            {
                Unpriced(line, issue.Message);
            }
        }

        foreach (((string model, string currency), decimal amount) in costs.OrderByDescending(pair => pair.Value))
        {
            Cost(model, new Money(amount, currency));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} cost {Amount}")]
    private partial void Cost(string model, Money amount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Line {Line} is not wholly priced: {Reason}")]
    private partial void Unpriced(int line, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Line {Line} is not read: {Reason}")]
    private partial void Rejected(int line, string reason);
}
