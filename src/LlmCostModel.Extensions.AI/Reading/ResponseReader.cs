using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Reads a response: the provider's own JSON where the client kept it, which knows more, otherwise the counts that the client
/// gives.</summary>
internal static class ResponseReader
{
    /// <summary>Reads one response.</summary>
    /// <param name="raw">What the client received.</param>
    /// <param name="usage">The counts that the client gives.</param>
    internal static UsageReading Read(object? raw, UsageDetails? usage)
    {
        if (!RawJson.TryGet(raw, out ReadOnlyMemory<byte> json))
        {
            return UsageDetailsReader.Read(usage);
        }

        try
        {
            return OrCountsOf(usage, UsageReader.Read(json.Span));
        }
        catch (UsageFormatException exception)
        {
            return Instead(exception, usage);
        }
    }

    /// <summary>Reads the events of a stream that say something of its cost. Whether the client saw the end of the stream is judged by the
    /// caller.</summary>
    internal static UsageReading Read(IEnumerable<object> events, UsageDetails? usage)
    {
        try
        {
            UsageStreamReader? reader = null;
            foreach (object one in events)
            {
                if (RawJson.TryGet(one, out ReadOnlyMemory<byte> json))
                {
                    (reader ??= new UsageStreamReader()).AppendEvent(json.Span);
                }
            }

            // Several answers are one call here, whose counts the client adds up.
            return reader is null || reader.TryTakeAnswer(out _) ? UsageDetailsReader.Read(usage) : OrCountsOf(usage, reader.Finish());
        }
        catch (UsageFormatException exception)
        {
            return Instead(exception, usage);
        }
    }

    /// <summary>What the response states, and the client's counts where it states none.</summary>
    private static UsageReading OrCountsOf(UsageDetails? usage, UsageReading stated)
    {
        if (stated.Status != UsageStatus.Unknown || UsageDetailsReader.Read(usage) is not { Usage: not null } counted)
        {
            return stated;
        }

        return stated with
        {
            Origin = counted.Origin,
            Status = counted.Status,
            Reason = counted.Reason,
            Usage = counted.Usage,
            Meters = stated.Meters.Count > 0 ? stated.Meters : counted.Meters,
        };
    }

    /// <summary>Counts that contradict themselves are not known; a body that is of no known shape leaves the client's own counts.</summary>
    private static UsageReading Instead(UsageFormatException exception, UsageDetails? usage) =>
        exception.Kind is UsageFaultKind.NotRecognized or UsageFaultKind.InvalidJson
            ? UsageDetailsReader.Read(usage)
            : UsageDetailsReader.Unknown(exception.Message);
}
