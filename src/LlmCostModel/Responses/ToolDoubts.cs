using System.Globalization;

namespace LlmCostModel;

/// <summary>Compares how many tools a provider says it called with those of which it says which they were.</summary>
internal static class ToolDoubts
{
    /// <summary>What xAI counts among the tools that its server called.</summary>
    private static readonly StatedCount[] Called =
    [
        StatedCount.WebSearch, StatedCount.XSearch, StatedCount.FileSearchCall, StatedCount.AttachmentSearch, StatedCount.CodeExecution,
        StatedCount.ImageGeneration,
    ];

    /// <summary>Adds what they leave open to what else is in doubt.</summary>
    internal static string? Find(in RawUsage raw, in MeterCounts meters, ApiConvention convention, string? gap)
    {
        string? doubt = FindUnexplained(in raw, in meters) ?? FindUncounted(in raw, convention);
        return doubt is null || gap is null ? gap ?? doubt : $"{gap} {doubt}";
    }

    private static string? FindUnexplained(in RawUsage raw, in MeterCounts meters)
    {
        decimal explained = raw[StatedCount.FreeCall];
        foreach (StatedCount stated in Called)
        {
            explained += meters[MeterCounts.IndexOf(stated)];
        }

        long all = raw[StatedCount.ServerCall];
        return all <= explained ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The server called {all} tools, and the response says of {explained:0} which they were and that they are billed; the others "
                + $"may be missing in the cost.");
    }

    /// <summary>Responses lists searches, and counts requests beside them.</summary>
    private static string? FindUncounted(in RawUsage raw, ApiConvention convention)
    {
        decimal listed = raw.ItemCounts[MeterCounts.IndexOf(StatedCount.WebSearch)];
        return convention.Api == ApiFormat.OpenAIResponses && raw.Has(StatedCount.WebSearch) && raw[StatedCount.WebSearch] < listed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The response lists {listed:0} searches and counts {raw[StatedCount.WebSearch]}, which are priced.")
            : null;
    }
}
