using System.Numerics;

namespace LlmCostModel.Tests.Support;

/// <summary>
/// A second, independent implementation of the price model in fractions of big integers: no tables, no scales, no shortcuts. It shares the public
/// types with the library and nothing of its calculation.
/// </summary>
internal static class Reference
{
    private static readonly TokenBucket[] Order =
    [
        TokenBucket.CacheRead, TokenBucket.AudioCacheRead, TokenBucket.ImageCacheRead, TokenBucket.VideoCacheRead,
        TokenBucket.CacheWrite12h, TokenBucket.CacheWrite1h, TokenBucket.CacheWrite30m, TokenBucket.CacheWrite5m, TokenBucket.CacheWrite,
        TokenBucket.VideoInput, TokenBucket.ImageInput, TokenBucket.AudioInput, TokenBucket.Input,
        TokenBucket.Reasoning, TokenBucket.Output, TokenBucket.AudioOutput, TokenBucket.ImageOutput, TokenBucket.VideoOutput,
    ];

    /// <summary>The cost as a fraction, or null when any used bucket has no price. Every token is priced by itself along runs of equal rules.</summary>
    public static Fraction? Cost(PriceVersion version, TokenUsage usage, DateTimeOffset instant, string? tier)
    {
        Fraction total = new(0, 1);
        foreach (bool input in new[] { true, false })
        {
            BigInteger position = 0;
            foreach (TokenBucket bucket in Order.Where(bucket => IsInput(bucket) == input))
            {
                BigInteger end = position + usage[bucket];
                while (position < end)
                {
                    // The next place at which a marginal rule may begin.
                    BigInteger next = end;
                    foreach (PriceRule rule in version.Rules.Where(rule => rule.Mode == RuleMode.Marginal && rule.When.Tokens[0].Basis == TokenBasis.Output != input))
                    {
                        BigInteger threshold = rule.When.Tokens[0].Tokens;
                        if (threshold > position && threshold < next)
                        {
                            next = threshold;
                        }
                    }

                    if (Price(version, bucket, usage, instant, tier, position) is not { } price)
                    {
                        return null;
                    }

                    total += new Fraction(next - position, 1) * price;
                    position = next;
                }
            }
        }

        return total;
    }

    /// <summary>The price of one token that has so many of its side before it.</summary>
    private static Fraction? Price(PriceVersion version, TokenBucket bucket, TokenUsage usage, DateTimeOffset instant, string? tier, BigInteger before)
    {
        PriceRule[] matching = [.. version.Rules.Where(rule => Matches(rule, usage, instant, tier) && (rule.Mode == RuleMode.WholeRequest || before >= rule.When.Tokens[0].Tokens))];
        decimal? set = version.PerMillionTokens[bucket];
        foreach (PriceRule rule in matching)
        {
            set = rule.PerMillionTokens?[bucket] ?? set;
        }

        if (set is null)
        {
            return version.BilledAs.TryGetValue(bucket, out TokenBucket other) ? Price(version, other, usage, instant, tier, before) : null;
        }

        Fraction price = Fraction.From(set.Value);
        foreach (PriceRule rule in matching.Where(rule => rule.Multiply is not null && Touches(rule, bucket)))
        {
            price *= Fraction.From(rule.Multiply!.Value);
        }

        foreach (PriceRule rule in matching)
        {
            if (rule.AddPerMillionTokens?[bucket] is { } add)
            {
                price += Fraction.From(add);
            }
        }

        return price * new Fraction(1, 1_000_000);
    }

    private static bool Touches(PriceRule rule, TokenBucket bucket) => rule.On.IsEmpty
        || rule.On.Any(name => name == "Tokens" || name == bucket.ToString() || (name == "InputTokens" && IsInput(bucket)) || (name == "OutputTokens" && !IsInput(bucket)));

    public static bool Matches(PriceRule rule, TokenUsage usage, DateTimeOffset instant, string? tier)
    {
        PriceCondition when = rule.When;
        bool size = when.Tokens.All(threshold =>
        {
            long count = threshold.Basis switch { TokenBasis.TotalInput => usage.TotalInput, TokenBasis.FreshInput => usage.FreshInput, _ => usage.TotalOutput };
            return threshold.Comparison switch
            {
                ThresholdComparison.Above => count > threshold.Tokens,
                ThresholdComparison.From => count >= threshold.Tokens,
                ThresholdComparison.UpTo => count <= threshold.Tokens,
                _ => count < threshold.Tokens,
            };
        });
        bool named = when.Tiers.IsEmpty || when.Tiers.Contains(tier ?? "standard");
        bool period = (when.From is null || instant >= when.From) && (when.Until is null || instant < when.Until);
        return size && named && period && (when.Schedule is null || InSchedule(when.Schedule, instant));
    }

    /// <summary>Walks the minutes back to the start of a window instead of computing with ticks.</summary>
    private static bool InSchedule(WeeklySchedule schedule, DateTimeOffset instant)
    {
        DateTime local = TimeZoneInfo.ConvertTime(instant, schedule.TimeZone).DateTime;
        foreach (DateTime day in new[] { local.Date, local.Date.AddDays(-1) })
        {
            if (!schedule.Days.IsEmpty && !schedule.Days.Contains(day.DayOfWeek))
            {
                continue;
            }

            foreach (DailyWindow window in schedule.Daily.IsEmpty ? [default] : schedule.Daily)
            {
                DateTime start = day + window.Start.ToTimeSpan();
                DateTime end = day + window.End.ToTimeSpan();
                end = end <= start ? end.AddDays(1) : end;
                if (local >= start && local < end)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsInput(TokenBucket bucket) => bucket is not
        (TokenBucket.Output or TokenBucket.Reasoning or TokenBucket.AudioOutput or TokenBucket.ImageOutput or TokenBucket.VideoOutput);
}
