using System.Globalization;

namespace LlmCostModel.Extensions.AI;

/// <summary>Where the parts of a usage stand: within the input and output, or beside them.</summary>
/// <param name="CacheIsApart">Whether cached tokens are beside the input.</param>
/// <param name="ReasoningIsApart">Whether reasoning is beside the output.</param>
/// <param name="Hidden">Reasoning that only the total contains.</param>
internal readonly record struct CountPlaces(bool CacheIsApart, bool ReasoningIsApart, long Hidden = 0)
{
    /// <summary>The places by which the counts make the stated total; without one those of the client's row, then those that the names
    /// suggest, then the documented ones.</summary>
    /// <exception cref="ArgumentException">No places fit.</exception>
    internal static (CountPlaces Places, string? Shortfall) Find(in StatedCounts counts, ClientAdapterOptions row)
    {
        bool cacheFirst = row.CacheIsApart ?? (counts.HasReadApart && !counts.HasTypedRead);
        bool reasoningFirst = row.ReasoningIsApart ?? false;
        CountPlaces likely = new(cacheFirst, reasoningFirst);
        if (counts.Total is not { } total)
        {
            return (Required(in counts, likely), null);
        }

        CountPlaces? found = null;
        foreach (CountPlaces places in (ReadOnlySpan<CountPlaces>)
            [likely, new(cacheFirst, !reasoningFirst), new(!cacheFirst, reasoningFirst), new(!cacheFirst, !reasoningFirst)])
        {
            if (!places.Fit(in counts) || places.Sum(in counts) != total)
            {
                continue;
            }

            if (found is { } one && one.MeanAnother(in counts, places))
            {
                return (one, "The counts make the stated total in two ways, so it is not known which of them contain which.");
            }

            found ??= places;
        }

        return found is { } fitting ? (fitting, null) : WithoutTotal(in counts, likely, total, row);
    }

    private static (CountPlaces Places, string? Shortfall) WithoutTotal(
        in StatedCounts counts, CountPlaces likely, long total, ClientAdapterOptions row)
    {
        CountPlaces places = Required(in counts, likely);
        long sum = places.Sum(in counts);
        if (total < sum)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"the stated total ({total}) is not the sum of the counts ({sum})."));
        }

        return row.HidesReasoning && counts[CountKind.Reasoning] == 0
            ? (places with { ReasoningIsApart = true, Hidden = total - sum }, null)
            : (places, string.Create(CultureInfo.InvariantCulture,
                $"The stated total ({total}) has {total - sum} tokens more than the counts, of which it is not known what they are."));
    }

    private static CountPlaces Required(in StatedCounts counts, CountPlaces places) => places.Fit(in counts)
        ? places
        : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts[CountKind.CacheRead]} read and {Written(in counts)} written tokens are part of {counts.Input} input tokens, and "
                + $"{counts[CountKind.Reasoning]} reasoning tokens of {counts.Output} output tokens."));

    private bool Fit(in StatedCounts counts) =>
        (CacheIsApart || checked(counts[CountKind.CacheRead] + Written(in counts)) <= counts.Input)
        && (ReasoningIsApart || counts[CountKind.Reasoning] <= counts.Output);

    private long Sum(in StatedCounts counts) => checked(
        counts.Input
        + counts.Output
        + counts[CountKind.ToolUseInput]
        + (counts.HasOthers ? counts.Others.TotalInput + counts.Others.TotalOutput : 0)
        + (CacheIsApart ? counts[CountKind.CacheRead] + Written(in counts) : 0)
        + (ReasoningIsApart ? counts[CountKind.Reasoning] : 0));

    /// <summary>All written tokens, which those of one time to live are part of.</summary>
    private static long Written(in StatedCounts counts) =>
        Math.Max(counts[CountKind.CacheWrite], counts[CountKind.CacheWrite5m] + counts[CountKind.CacheWrite1h]);

    private bool MeanAnother(in StatedCounts counts, CountPlaces other) =>
        (CacheIsApart != other.CacheIsApart && counts[CountKind.CacheRead] + Written(in counts) > 0)
        || (ReasoningIsApart != other.ReasoningIsApart && counts[CountKind.Reasoning] > 0);
}
