namespace LlmCostModel;

/// <summary>Makes the public result from what a body, or a stream, states.</summary>
internal static class ReadingBuilder
{
    /// <summary>Builds the result.</summary>
    /// <param name="raw">What was stated.</param>
    /// <param name="wire">The wire that the caller names.</param>
    /// <param name="isFinal">Whether all of the response was seen.</param>
    internal static UsageReading Build(in RawUsage raw, UsageWire wire, bool isFinal = true)
    {
        bool hasCounts = WireDetector.Family(in raw) != 0;
        WireConvention convention = WireDetector.Choose(in raw, wire, hasCounts);
        MeterCounts meters = Meters(in raw, convention);
        (UsageStatus status, string? reason) = Judge(in raw, convention, hasCounts || meters[MeterCounts.AudioInputSecond] != 0, in meters, isFinal);
        CallContext context = new()
        {
            At = raw.At,
            Region = raw.Region,
            Tier = raw.Speed ?? (raw.Tier == "batch" ? null : raw.Tier),
            Batch = raw.Tier == "batch" || raw.Has(WireMarks.Batch),
        };
        return new UsageReading(in meters, in context, in raw.Attributes)
        {
            Wire = convention.Wire,
            Status = status,
            Reason = reason,
            Usage = status == UsageStatus.Unknown ? null : UsageNormaliser.ToUsage(in raw, convention) + raw.Within,
            Model = raw.ServedBy ?? raw.Model,
            Others = raw.Others ?? (IReadOnlyList<OtherModelUsage>)[],
            Reported = Reported(in raw),
        };
    }

    private static (UsageStatus Status, string? Reason) Judge(in RawUsage raw, WireConvention convention, bool hasCounts, in MeterCounts meters, bool isFinal)
    {
        if (!hasCounts)
        {
            bool countedOtherwise = convention.OutputIsImage && meters[(int)Slot.Image - (int)Slot.WebSearch] != 0;
            return countedOtherwise && isFinal ? (UsageStatus.Complete, null) : (UsageStatus.Unknown, raw.Cost is null
                ? "The response does not state its usage. Ask for it (stream_options.include_usage in OpenAI's streams), or count the tokens."
                : "The response states its cost but not its usage.");
        }

        if (!isFinal)
        {
            return (UsageStatus.Partial, "The stream was cut off: the counts are a lower bound.");
        }

        if (raw.UnknownIteration is not null)
        {
            return (UsageStatus.Partial, raw.UnknownIteration);
        }

        bool counted = raw.Has(Slot.Input) || raw.Has(Slot.Output) || (raw.Has(Slot.Total) && (convention.Families & WireMarks.OnlyTotal) != 0) || raw.Seconds is not null || raw.Has(Slot.SearchUnit) || raw.Has(Slot.Image);
        bool missing = !convention.ZeroIsLeftOut && raw.Seconds is null && !raw.Has(Slot.Total) && !(raw.Has(Slot.Input) && raw.Has(Slot.Output));
        return !counted ? (UsageStatus.Unknown, "The usage of the response holds no counts of input or output.")
            : missing ? (UsageStatus.Partial, raw.Has(Slot.Input) ? "The response does not state its output tokens." : "The response does not state its input tokens.")
            : (UsageStatus.Complete, null);
    }

    private static MeterCounts Meters(in RawUsage raw, WireConvention convention)
    {
        MeterCounts meters = raw.ItemCounts;
        for (Slot slot = Slot.WebSearch; slot < Slot.Count; slot++)
        {
            if (raw.Has(slot))
            {
                meters[(int)slot - (int)Slot.WebSearch] = raw[slot];
            }
        }

        // A list called data is also embeddings; images billed by the token are not billed by the piece.
        if (convention.Wire != UsageWire.Cohere && (!convention.OutputIsImage || raw.Has(Slot.Output)))
        {
            meters[(int)Slot.Image - (int)Slot.WebSearch] = 0;
        }

        // Up to 2.5 a grounded request is billed once, however many queries it made: https://ai.google.dev/gemini-api/docs/google-search
        bool isPerPrompt = raw.Model is { } model && (model.Contains("gemini-1", StringComparison.Ordinal) || model.Contains("gemini-2", StringComparison.Ordinal));
        if (isPerPrompt && raw[Slot.GroundedQuery] > 0)
        {
            meters[(int)Slot.GroundedPrompt - (int)Slot.WebSearch] = 1;
            meters[(int)Slot.GroundedQuery - (int)Slot.WebSearch] = 0;
        }

        meters[MeterCounts.AudioInputSecond] = raw.Seconds ?? 0;
        return meters;
    }

    private static ReportedCost? Reported(in RawUsage raw)
    {
        if (raw.Cost is not { } cost)
        {
            return null;
        }

        string currency = raw.CostCurrency ?? "USD";
        return new ReportedCost(new Money(cost, currency), raw.Has(WireMarks.OwnKey), raw.Upstream is { } upstream ? new Money(upstream, currency) : null);
    }
}
