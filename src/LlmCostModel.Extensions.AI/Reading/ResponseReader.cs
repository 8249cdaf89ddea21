using System.Buffers;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Reads a response: the provider's own JSON where the client kept it, which knows more, otherwise the counts that the client gives.</summary>
internal static class ResponseReader
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>Reads one response.</summary>
    /// <param name="raw">What the client received.</param>
    /// <param name="usage">The counts that the client gives.</param>
    internal static CallReading Read(object? raw, UsageDetails? usage)
    {
        if (!RawJson.TryGet(raw, out ReadOnlyMemory<byte> json))
        {
            return UsageDetailsReader.Read(usage);
        }

        try
        {
            return From(UsageReader.Read(json.Span), usage);
        }
        catch (UsageFormatException exception)
        {
            return Instead(exception, usage);
        }
    }

    /// <summary>Reads the events of a stream that say something of its cost.</summary>
    internal static CallReading Read(IEnumerable<object> events, UsageDetails? usage)
    {
        try
        {
            UsageStreamReader reader = new();
            bool any = false;
            foreach (object one in events)
            {
                if (RawJson.TryGet(one, out ReadOnlyMemory<byte> json))
                {
                    Append(reader, json);
                    any = true;
                }
            }

            reader.Append("data: [DONE]\n\n"u8); // The client saw the end of the stream; whether it did is judged by the caller.
            return any ? From(reader.Finish(), usage) : UsageDetailsReader.Read(usage);
        }
        catch (UsageFormatException exception)
        {
            return Instead(exception, usage);
        }
    }

    private static void Append(UsageStreamReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Append("data: "u8);
        for (ReadOnlySpan<byte> rest = json.Span; ;)
        {
            // Line ends are only between the parts of a JSON text, and end an event.
            int end = rest.IndexOfAny(LineEnds);
            reader.Append(end < 0 ? rest : rest[..end]);
            if (end < 0)
            {
                break;
            }

            rest = rest[(end + 1)..];
        }

        reader.Append("\n\n"u8);
    }

    private static CallReading From(in UsageReading reading, UsageDetails? usage)
    {
        if (reading.Status == UsageStatus.Unknown && UsageDetailsReader.Read(usage) is { Usage: not null } counted)
        {
            return counted with { Served = reading.Context, Model = reading.Model, Reported = reading.Reported?.Total };
        }

        MeteredQuantities meters = reading.Meters;
        return new CallReading
        {
            Usage = reading.Usage,
            Shortfall = reading.Reason,
            Model = reading.Model,
            Meters = meters.Count == 0 ? null : meters,
            Served = reading.Context,
            Others = reading.Others,
            Reported = reading.Reported?.Total,
        };
    }

    /// <summary>Counts that contradict themselves are not known; a body that is of no known shape leaves the client's own counts.</summary>
    private static CallReading Instead(UsageFormatException exception, UsageDetails? usage) =>
        exception.Fault is UsageFault.NotRecognised or UsageFault.InvalidJson ? UsageDetailsReader.Read(usage) : CallReading.Unknown(exception.Message);
}
