using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LlmCostModel;

/// <summary>Determines whether the prices in use are there, current and young enough.</summary>
/// <param name="services">Asked for the estimator at every check, because rates that cannot be read throw there.</param>
internal sealed class RatesHealthCheck(IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failureStatus)
    {
        RatesStatus rates;
        try
        {
            rates = services.GetRequiredService<ICostEstimator>().Rates;
        }
        catch (Exception exception)
        {
            // Sources and options are the application's code: whatever it throws, there are no prices.
            return new HealthCheckResult(failureStatus, $"The rates cannot be read: {exception.Message}", exception);
        }

        DateTimeOffset now = (services.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();
        string[] problems = [.. FindProblems(rates, now)];
        return problems.Length == 0
            ? HealthCheckResult.Healthy(rates.ToString(), Describe(rates))
            : HealthCheckResult.Degraded(string.Join(" ", problems), data: Describe(rates));
    }

    private static IEnumerable<string> FindProblems(RatesStatus rates, DateTimeOffset now)
    {
        if (rates.RateCards == 0)
        {
            yield return "There is no rate card, so no call has a price. Add rates to the configuration, or the catalog.";
        }

        if (rates.RefusedAt is { } refused)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"A change of the rates was refused at {refused.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}; those before it stay in use. ")
                + string.Join(" ", rates.Faults);
        }

        if (rates.AreStaleAt(now))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The oldest prices are of {rates.OldestAsOf:yyyy-MM-dd}, more than {rates.MaxRateAgeDays} days ago. Load newer ones.");
        }
    }

    private static Dictionary<string, object> Describe(RatesStatus rates)
    {
        Dictionary<string, object> data = new()
        {
            ["rateCards"] = rates.RateCards,
            ["ownRateCards"] = rates.OwnRateCards,
            ["models"] = rates.Models,
            ["loadedAt"] = rates.LoadedAt,
        };
        if (rates.OldestAsOf is { } oldest)
        {
            data["oldestAsOf"] = oldest;
        }

        if (rates.Warnings.Count > 0)
        {
            data["warnings"] = rates.Warnings;
        }

        return data;
    }
}
