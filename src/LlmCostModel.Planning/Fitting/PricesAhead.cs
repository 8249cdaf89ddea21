using System.Globalization;

namespace LlmCostModel.Planning;

/// <summary>What becomes of a line's prices during a forecast: new versions, promotions and discounts that begin or end, ids that lead to
/// other models, models that are retired.</summary>
/// <param name="estimator">The prices.</param>
/// <param name="model">The id.</param>
/// <param name="context">How the calls are served.</param>
/// <param name="usage">A usual call: what it consumes must have a price.</param>
/// <param name="meters">What it consumes besides tokens.</param>
internal sealed class PricesAhead(
    ICostEstimator estimator, string model, CallContext context, TokenUsage usage, MeteredQuantities meters)
{
    /// <summary>A rule that comes and goes within so many days is one of hours or weekdays.</summary>
    private static readonly TimeSpan Recurring = TimeSpan.FromDays(8);

    private readonly PricedModel _model = estimator.GetModel(model, context.Provider);

    /// <summary>The first instant from which on a usual call has no price, and why; null when it has one all the time.</summary>
    internal (DateTimeOffset At, string Reason)? FindGap(DateTimeOffset from, DateTimeOffset until)
    {
        DateTimeOffset before = from;
        for (DateTimeOffset at = from; at < until; at = at.AddDays(1))
        {
            if (!IsPriced(at))
            {
                DateTimeOffset edge = at == from ? from : Edge(before, at, IsPriced);
                return (edge, At(edge).Issues is [var issue, ..] ? issue.ToString() : "Its price is not known.");
            }

            before = at;
        }

        return null;
    }

    /// <summary>Whether long calls have other prices than short ones.</summary>
    internal bool DependOnSize(DateTimeOffset from, DateTimeOffset until) =>
        _model.GetPricePeriods(from, until, context).Any(period => !period.Thresholds.IsEmpty);

    internal IEnumerable<PriceChange> Find(string line, DateTimeOffset from, DateTimeOffset until)
    {
        if (FindGap(from, until) is { } gap)
        {
            yield return new(
                gap.At, line, $"It has no price from then on, and is planned with its last prices. {Announced(gap.At)}{gap.Reason}");
            until = gap.At;
        }

        if (until <= from)
        {
            yield break;
        }

        string? first = At(from).Model;
        DateTimeOffset before = from;
        for (DateTimeOffset at = from.AddDays(1); at < until; at = at.AddDays(1))
        {
            if (At(at).Model is { } other && other != first)
            {
                string known = first ?? "";
                DateTimeOffset edge = Edge(before, at, instant => At(instant).Model == known);
                yield return new(edge, line, $"The id leads to {other} from then on, not to {known}.");
                first = other;
            }

            before = at;
        }

        foreach (PriceChange change in OfPeriods(line, from, until))
        {
            yield return change;
        }
    }

    private IEnumerable<PriceChange> OfPeriods(string line, DateTimeOffset from, DateTimeOffset until)
    {
        IReadOnlyList<PricePeriod> periods = _model.GetPricePeriods(from, until, context);
        for (int i = 1; i < periods.Count; i++)
        {
            if (periods[i].Version != periods[i - 1].Version && periods[i].Version is { } version)
            {
                string note = version.Note is { } text ? $" {text}." : "";
                string announced = version.Status == PriceStatus.Announced ? "are announced to change" : "change";
                string before = Prices(periods[i - 1].Version);
                yield return new(periods[i].From, line, $"The prices {announced}: {before} before, {Prices(version)} after.{note}");
            }
        }

        foreach (string rule in periods.SelectMany(period => period.Rules).Distinct(StringComparer.Ordinal))
        {
            PricePeriod[] with = [.. periods.Where(period => period.Rules.Contains(rule, StringComparer.Ordinal))];
            if (with[0].From - from > Recurring)
            {
                yield return new(with[0].From, line, $"'{rule}' begins.");
            }

            if (until - with[^1].Until > Recurring)
            {
                yield return new(with[^1].Until, line, $"'{rule}' ends.");
            }
        }

        foreach (PriceVersion version in periods.Select(period => period.Version).OfType<PriceVersion>().Distinct())
        {
            if (version.GuaranteedUntil is { } end && end > from && end < until)
            {
                yield return new(end, line, "The provider promises the prices only until then. They are taken to stay.");
            }
        }
    }

    /// <summary>What is announced to come, where no other prices are known.</summary>
    private string Announced(DateTimeOffset at)
    {
        string? before = PricesAt(context with { At = at.AddTicks(-1) });
        string? after = PricesAt(context with { At = at, IncludeAnnounced = true });
        return before is null || after is null ? "" : $"Announced are {after}, after {before}. ";
    }

    /// <summary>What short calls pay, discounts and promotions included.</summary>
    private string? PricesAt(CallContext then)
    {
        const long tokens = 1_000; // few, so that no price of long calls counts
        TokenUsage input = new() { Input = tokens }, output = new() { Output = tokens };
        CostEstimate read = _model.Estimate(in input, in then), written = _model.Estimate(in output, in then);
        return read.Status == CostStatus.Priced && written.Status == CostStatus.Priced
            ? InAndOut(read.Total!.Value.Amount * tokens, written.Total!.Value.Amount * tokens)
            : null;
    }

    private static string Prices(PriceVersion? version)
    {
        if (version is null)
        {
            return "none";
        }

        return InAndOut(version.PerMillionTokens.Input, version.PerMillionTokens.Output);
    }

    private static string InAndOut(decimal? input, decimal? output)
    {
        static string Text(decimal? price) => price?.ToString("0.############", CultureInfo.InvariantCulture) ?? "unknown";
        return $"{Text(input)} in and {Text(output)} out per million tokens";
    }

    private CostEstimate At(DateTimeOffset at)
    {
        CallContext then = context with { At = at };
        return _model.Estimate(in usage, in then, meters);
    }

    private bool IsPriced(DateTimeOffset at) => At(at).Status != CostStatus.Unpriced;

    /// <summary>The first instant, to the second, from which on something that held no longer does.</summary>
    private static DateTimeOffset Edge(DateTimeOffset holds, DateTimeOffset fails, Func<DateTimeOffset, bool> test)
    {
        while (fails - holds > TimeSpan.FromSeconds(1))
        {
            DateTimeOffset middle = holds + ((fails - holds) / 2);
            (holds, fails) = test(middle) ? (middle, fails) : (holds, middle);
        }

        // Prices change at whole minutes, which halving only comes near to.
        long minute = TimeSpan.TicksPerMinute;
        return new DateTimeOffset((fails.UtcTicks + (minute / 2)) / minute * minute, TimeSpan.Zero);
    }
}
