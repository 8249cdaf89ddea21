namespace LlmCostModel.Planning;

/// <summary>Notices that the hour decides a price which is asked for at one instant.</summary>
public static class HourlyPrices
{
    /// <summary>Says how much the same call costs at other hours of the day (UTC).</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="model">The model.</param>
    /// <param name="context">What else decides the price; nothing is said without an instant.</param>
    /// <param name="usage">A call.</param>
    /// <param name="meters">What it consumes besides tokens.</param>
    /// <returns>A sentence; <see langword="null"/> where the hour changes nothing.</returns>
    public static string? FindNote(
        ICostEstimator estimator,
        string model,
        in CallContext context,
        in TokenUsage usage,
        MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(model);
        if (context.At is not { } at || !estimator.TryGetModel(model, out PricedModel? priced, context.Provider))
        {
            return null;
        }

        (CallContext asked, TokenUsage tokens) = (context, usage);
        DateTimeOffset day = new(at.UtcDateTime.Date, TimeSpan.Zero);
        if (day > DateTimeOffset.MaxValue.AddDays(-1))
        {
            return null;
        }

        IReadOnlyList<PricePeriod> periods = priced.GetPricePeriods(day, day.AddDays(1), in context);
        if (periods.Count < 2 || Amount(at) is not { } now)
        {
            return null;
        }

        decimal[] others = [.. periods.Select(period => Amount(period.From)).OfType<decimal>().Where(amount => amount != now)];
        if (others.Length == 0 || now == 0)
        {
            return null;
        }

        string times = string.Join(" or ", others.Select(amount => Times(amount / now)).Distinct());
        string midnight = at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? " A date alone is midnight UTC." : "";
        return $"The hour decides the price of '{model}': these are the prices of {AmountFormat.ToText(at)}; at other hours of that day "
            + $"a call costs {times} times as much.{midnight}";

        decimal? Amount(DateTimeOffset instant)
        {
            CallContext then = asked with { At = instant };
            CostEstimate estimate = estimator.Estimate(model, in tokens, in then, meters is { Count: > 0 } ? meters : null);
            return estimate.Status == CostStatus.Priced ? estimate.Total?.Amount : null;
        }
    }

    private static string Times(decimal ratio) => AmountFormat.ToText(decimal.Round(ratio, 2) / 1.0000000000m);
}
