using System.Collections.Immutable;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>Which rules apply to a call, asked of one rule after the other in the plainest way.</summary>
internal static class ReferenceRules
{
    /// <summary>The version in force: the one that began last, unless it has ended.</summary>
    internal static PriceVersion? VersionAt(IEnumerable<PriceVersion> versions, DateTimeOffset at, bool includeAnnounced)
    {
        PriceVersion? last = null;
        foreach (PriceVersion version in versions.Where(version => includeAnnounced || version.Status == PriceStatus.Confirmed))
        {
            bool hasBegun = version.From is null || version.From <= at;
            bool isLater = last?.From is null || version.From > last.From;
            last = hasBegun && isLater ? version : last;
        }

        return last?.Until <= at ? null : last;
    }

    /// <summary>The tiers that a call names: that which served it, and a batch.</summary>
    internal static string[] TiersOf(in CallContext call) =>
        [.. call.Tier is null or "" or "standard" or "default" ? Array.Empty<string>() : [call.Tier], .. call.Batch == true ? ["batch"]
            : Array.Empty<string>()];

    /// <summary>Whether a rule applies; null when an attribute that the call does not give decides.</summary>
    internal static bool? Applies(PriceRule rule, TokenUsage usage, CallContext call, string? cardProvider, CallAttributes defaults)
    {
        PriceCondition when = rule.When;
        bool holds = (rule.Status == PriceStatus.Confirmed || call.IncludeAnnounced)
            && when.Tokens.All(threshold => Holds(threshold, usage))
            && (when.Tiers.IsEmpty || TiersOf(call).DefaultIfEmpty("standard").Any(tier => IsAmong(when.Tiers, tier)))
            && (when.Regions.IsEmpty || (call.Region is { } region && IsIn(when.Regions, region)))
            && (when.Providers.IsEmpty || IsAmong(when.Providers, call.Provider ?? cardProvider))
            && (when.Deployments.IsEmpty || IsAmong(when.Deployments, call.Deployment))
            && (when.Accounts.IsEmpty || IsAmong(when.Accounts, call.Account))
            && (when.From is null || call.At >= when.From)
            && (when.Until is null || call.At < when.Until)
            && (when.Schedule is null || IsIn(when.Schedule, call.At!.Value));
        if (!holds)
        {
            return false;
        }

        bool?[] attributes =
        [
            .. when.Attributes.Select(
                pair => (call.Attributes?[pair.Key] ?? defaults[pair.Key]) is { } value ? IsAmong(pair.Value, value) : (bool?)null),
        ];
        return attributes.Contains(false) ? false : attributes.Contains(null) ? null : true;
    }

    private static bool Holds(TokenThreshold threshold, TokenUsage usage)
    {
        Int128 count = 0;
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            bool counts = threshold.Basis switch
            {
                TokenBasis.TotalInput => ReferenceBuckets.IsInput(bucket),
                TokenBasis.FreshInput => ReferenceBuckets.IsFresh(bucket),
                _ => !ReferenceBuckets.IsInput(bucket),
            };
            count += counts ? usage[bucket] : 0;
        }

        return threshold.Comparison switch
        {
            ThresholdComparison.Above => count > threshold.Tokens,
            ThresholdComparison.From => count >= threshold.Tokens,
            ThresholdComparison.UpTo => count <= threshold.Tokens,
            _ => count < threshold.Tokens,
        };
    }

    /// <summary>Names, beginnings with a star, and what an exclamation mark leaves out; "global" is no region but by its name.</summary>
    private static bool IsIn(ImmutableArray<string> patterns, string region)
    {
        bool Fits(string pattern) => pattern.EndsWith('*')
            ? region != "global" && region.StartsWith(pattern.TrimEnd('*'), StringComparison.OrdinalIgnoreCase)
            : region.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        return patterns.Any(pattern => pattern[0] != '!' && Fits(pattern))
            && !patterns.Any(pattern => pattern[0] == '!' && Fits(pattern[1..]));
    }

    /// <summary>Walks the days back to the start of a window instead of computing with ticks.</summary>
    private static bool IsIn(WeeklySchedule schedule, DateTimeOffset instant)
    {
        DateTime local = TimeZoneInfo.ConvertTime(instant, schedule.TimeZone).DateTime;
        foreach (DateTime day in new[] { local.Date, local.Date.AddDays(-1) })
        {
            bool isDay = schedule.Days.IsEmpty || schedule.Days.Contains(day.DayOfWeek);
            foreach (DailyWindow window in schedule.Daily.IsEmpty ? [default] : schedule.Daily)
            {
                DateTime start = day + window.Start.ToTimeSpan();
                DateTime end = day + window.End.ToTimeSpan();
                end = end <= start ? end.AddDays(1) : end;
                if (isDay && local >= start && local < end)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsAmong(IEnumerable<string> names, string? name) => name is not null
        && names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
