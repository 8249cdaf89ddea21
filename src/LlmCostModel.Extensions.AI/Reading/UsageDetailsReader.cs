using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Converts the counts of Microsoft.Extensions.AI to disjoint ones, by what is known of the client that states them.</summary>
/// <remarks>Cached tokens are documented as part of the input, and reasoning as part of the output; clients differ. A stated total says
/// which it is. What no reading of the counts explains makes the usage a lower bound, or unknown where it contradicts itself.</remarks>
internal static class UsageDetailsReader
{
    internal const string NoUsage =
        "The response states no usage, so its cost is not known. Ask the provider for it, such as with stream_options.include_usage.";

    private const string AllZero = "The response states a usage of 0 tokens, so what it consumed is not known.";

    internal static UsageReading Read(UsageDetails? details) => Read(details, KnownAdapters.Default, default).Reading;

    /// <param name="details">The counts.</param>
    /// <param name="row">What is known of the client.</param>
    /// <param name="head">What is known of the call.</param>
    /// <param name="model">The model that the client names.</param>
    /// <param name="responseId">The id that the client names.</param>
    internal static ModelCall Read(
        UsageDetails? details, ClientAdapterOptions row, in CallHead head, string? model = null, string? responseId = null)
    {
        return details is not null && StatedCounts.TryGetPlain(details, out long input, out long output)
            ? Plain(input, output, in head, model, responseId)
            : ReadParts(details, row, in head, model, responseId);
    }

    private static ModelCall Plain(long input, long output, in CallHead head, string? model, string? responseId) => new()
    {
        At = head.At,
        RequestedModel = head.RequestedModel,
        Asked = head.Asked,
        Reading = new UsageReading
        {
            Origin = UsageOrigin.Adapter,
            Status = UsageStatus.Complete,
            Model = model,
            Identity = new CallIdentity { ResponseId = responseId },
            Usage = new TokenUsage { Input = input, Output = output },
        },
    };

    [MethodImpl(MethodImplOptions.NoInlining)] // It has large values, which are cleared when it begins.
    private static ModelCall ReadParts(
        UsageDetails? details, ClientAdapterOptions row, in CallHead head, string? model, string? responseId)
    {
        string reason = NoUsage;
        if (details is { InputTokenCount: not null } or { OutputTokenCount: not null } or { TotalTokenCount: not null })
        {
            try
            {
                StatedCounts counts = StatedCounts.Of(details, row);
                if (counts.Input != 0 || counts.Output != 0 || counts.Total is not null || counts.HasOthers)
                {
                    return Read(in counts, details.InputTokenCount is null, row, in head, model, responseId);
                }

                reason = AllZero;
            }
            catch (Exception exception) when (exception is ArgumentException or OverflowException)
            {
                reason = $"The usage of the response contradicts itself: {exception.Message}";
            }
        }

        return head.Complete(new() { Reading = Unknown(reason).NamedBy(model, responseId) });
    }

    /// <summary>A response whose usage is not known, for a reason.</summary>
    internal static UsageReading Unknown(string reason) => new() { Origin = UsageOrigin.Adapter, Reason = reason };

    /// <summary>What was counted besides tokens, by a client that knows.</summary>
    internal static UsageReading Metered(string meter, decimal quantity, CallContext served = default) => new()
    {
        Origin = UsageOrigin.Adapter,
        Status = UsageStatus.Complete,
        Usage = default(TokenUsage),
        Meters = MeteredQuantities.Empty.With(meter, quantity),
        Served = served,
    };

    private static ModelCall Read(
        in StatedCounts counts, bool isInputMissing, ClientAdapterOptions row, in CallHead head, string? model, string? responseId)
    {
        (CountPlaces places, string? shortfall) = CountPlaces.Find(in counts, row);
        if (isInputMissing)
        {
            shortfall = counts.Total is { } total && counts.Output == 0
                ? $"The response states {total.ToString(CultureInfo.InvariantCulture)} tokens in all, and not how many of them are output."
                : "The response does not state its input tokens.";
        }
        else if (counts.Unknown is { } unknown)
        {
            shortfall = $"The client states {string.Join(" and ", unknown)}, of which it is not known what they are. "
                + "Name them in CostTrackingOptions.Adapters.";
        }

        TokenUsage usage = ToUsage(in counts, in places);
        shortfall ??= counts.HasParts ? UnstatedModality(in counts, in usage) : null;
        return new ModelCall
        {
            At = head.At,
            RequestedModel = head.RequestedModel,
            Asked = head.Asked,
            Reading = new UsageReading
            {
                Origin = UsageOrigin.Adapter,
                Status = shortfall is null ? UsageStatus.Complete : UsageStatus.Partial,
                Reason = shortfall,
                Model = model,
                Identity = new CallIdentity { ResponseId = responseId },
                Usage = counts.HasOthers ? usage + counts.Others : usage,
                Meters = Meters(in counts),
            },
        };
    }

    private static MeteredQuantities Meters(in StatedCounts counts) => counts.Has(CountKind.WebSearch) || counts.Has(CountKind.WebFetch)
        ? MeteredQuantities.Empty.With("WebSearch", counts[CountKind.WebSearch]).With("WebFetch", counts[CountKind.WebFetch])
        : MeteredQuantities.Empty;

    private static TokenUsage ToUsage(in StatedCounts counts, in CountPlaces places)
    {
        if (!counts.HasParts && places.Hidden == 0)
        {
            return new TokenUsage { Input = counts.Input, Output = counts.Output };
        }

        long read = counts[CountKind.CacheRead];
        long detailed = checked(counts[CountKind.CacheWrite5m] + counts[CountKind.CacheWrite1h]);
        long written = Math.Max(counts[CountKind.CacheWrite], detailed);
        long unwritten = places.CacheIsApart ? checked(counts.Input + read) : counts.Input - written;
        (long audio, long image) = (counts[CountKind.AudioInput], counts[CountKind.ImageInput]);
        long text = Rest(unwritten, "input", audio + image);
        long readText = Math.Min(read, text);
        if (read > readText && audio > 0 && image > 0)
        {
            throw new ArgumentException("it does not say which of audio and image tokens came from the cache.");
        }

        (long readAudio, long readImage) = audio > 0 ? (read - readText, 0L) : (0L, read - readText);
        long reasoning = checked(counts[CountKind.Reasoning] + places.Hidden);
        long others = checked(counts[CountKind.AudioOutput] + counts[CountKind.ImageOutput]);
        return new TokenUsage
        {
            Input = checked(text - readText + counts[CountKind.ToolUseInput]),
            CacheRead = readText,
            CacheWrite = written - detailed,
            CacheWrite5m = counts[CountKind.CacheWrite5m],
            CacheWrite1h = counts[CountKind.CacheWrite1h],
            AudioInput = audio - readAudio,
            AudioCacheRead = readAudio,
            ImageInput = image - readImage,
            ImageCacheRead = readImage,
            Output = Rest(counts.Output, "output", places.ReasoningIsApart ? others : checked(others + reasoning)),
            Reasoning = reasoning,
            AudioOutput = counts[CountKind.AudioOutput],
            ImageOutput = counts[CountKind.ImageOutput],
        };
    }

    /// <summary>Text, audio and images are all of the input and output where a client states text apart.</summary>
    /// <exception cref="ArgumentException">There is more text than tokens.</exception>
    private static string? UnstatedModality(in StatedCounts counts, in TokenUsage usage)
    {
        long textInput = usage.Input + usage.CacheRead - counts[CountKind.ToolUseInput];
        long textOutput = usage.Output + usage.Reasoning;
        long input = Unstated(counts[CountKind.TextInput], textInput, usage.CacheRead);
        long output = Unstated(counts[CountKind.TextOutput], textOutput, usage.Reasoning);
        return input == 0 && output == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"{input} input and {output} output tokens are neither text nor of another stated kind.");
    }

    private static long Unstated(long stated, long text, long part) =>
        stated == 0 || stated == text - part ? 0
        : stated <= text ? text - stated
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{stated} tokens are text of {text} that may be."));

    private static long Rest(long whole, string name, long parts) => parts <= whole
        ? whole - parts
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{parts} tokens are part of {whole} {name} tokens."));
}
