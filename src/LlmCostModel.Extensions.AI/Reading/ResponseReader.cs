using System.Text;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Reads the responses of one client: the provider's own JSON where the client kept it, which knows more, otherwise the counts
/// that the client gives.</summary>
internal sealed class ResponseReader(AdapterTable adapters, ApiFormat api)
{
    internal ReadAnswer Read(object? raw, UsageDetails? usage, string? model, string? responseId = null) =>
        Read(raw, usage, default, model, responseId);

    /// <summary>Reads one response.</summary>
    /// <param name="raw">What the client received.</param>
    /// <param name="usage">The counts that the client gives.</param>
    /// <param name="head">What is known of the call.</param>
    /// <param name="model">The model that the client names.</param>
    /// <param name="responseId">The id that the client names.</param>
    internal ReadAnswer Read(object? raw, UsageDetails? usage, in CallHead head, string? model, string? responseId)
    {
        ClientAdapterOptions row = adapters.Find(raw, model);
        return raw is not null && RawJson.TryGet(raw, adapters.OfRaw(raw), out ReadOnlyMemory<byte> json)
            ? ReadRaw(json, usage, row).NamedBy(model, responseId)
            : new ReadAnswer(UsageDetailsReader.Read(usage, row, in head, model, responseId), GapsOf(row));
    }

    private ReadAnswer ReadRaw(ReadOnlyMemory<byte> json, UsageDetails? usage, ClientAdapterOptions row)
    {
        try
        {
            UsageReading body = ReadBody(json, row, usage);
            return Choose(body, usage, usage, row, GapsOfBody(row, json.Span));
        }
        catch (UsageFormatException exception)
        {
            return Instead(exception, usage, row);
        }
    }

    /// <summary>Reads the events of a stream that say something of its cost. Whether the client saw the end of the stream is judged by the
    /// caller.</summary>
    /// <param name="events">The events.</param>
    /// <param name="usage">The counts that the client gives in all.</param>
    /// <param name="last">The last of several.</param>
    /// <param name="model">The model that the client names.</param>
    internal ReadAnswer ReadStream(IEnumerable<object> events, UsageDetails? usage, UsageDetails? last, string? model)
    {
        ClientAdapterOptions row = adapters.Find(null, model);
        try
        {
            UsageStreamReader? reader = null;
            ClientAdapterOptions? gaps = null;
            foreach (object one in events)
            {
                row = adapters.OfRaw(one) ?? row;
                if (RawJson.TryGet(one, adapters.OfRaw(one), out ReadOnlyMemory<byte> json))
                {
                    (reader ??= new UsageStreamReader(ApiOf(row))).AppendEvent(json.Span);
                    gaps = GapsOfBody(row, json.Span); // the last one has the usage
                }
            }

            // Several answers are one call here, whose counts the client adds up.
            return reader is null || reader.TryTakeAnswer(out _)
                ? new ReadAnswer(UsageDetailsReader.Read(usage, row, default), GapsOf(row))
                : Choose(reader.Finish(), usage, last, row, gaps);
        }
        catch (UsageFormatException exception)
        {
            return Instead(exception, usage, row);
        }
    }

    /// <summary>The row by which the usage of a stream adds up.</summary>
    internal ClientAdapterOptions RowOf(object? raw, string? model) => adapters.Find(raw, model);

    private ApiFormat ApiOf(ClientAdapterOptions row) => row.Api != ApiFormat.Detect ? row.Api : api;

    /// <summary>Reads a body. The OpenAI library writes a total that was not stated as 0, which would contradict the counts.</summary>
    private UsageReading ReadBody(ReadOnlyMemory<byte> json, ClientAdapterOptions row, UsageDetails? usage)
    {
        try
        {
            return UsageReader.Read(json.Span, ApiOf(row));
        }
        catch (UsageFormatException exception)
            when (exception.Kind == UsageFaultKind.Impossible && usage is { TotalTokenCount: null or 0 } && WithoutTotal(json) is { } body)
        {
            return UsageReader.Read(body, ApiOf(row));
        }
    }

    private static byte[]? WithoutTotal(ReadOnlyMemory<byte> json)
    {
        const string Total = "\"total_tokens\":0"; // within text, the quotes would be escaped
        string text = Encoding.UTF8.GetString(json.Span);
        int at = text.LastIndexOf(Total, StringComparison.Ordinal);
        if (at < 1 || at + Total.Length >= text.Length)
        {
            return null;
        }

        bool isLast = text[at + Total.Length] != ',';
        return Encoding.UTF8.GetBytes(text.Remove(isLast && text[at - 1] == ',' ? at - 1 : at, Total.Length + 1));
    }

    /// <summary>What the body states, unless the client counted something else; and the client's counts where it states none.</summary>
    private static ReadAnswer Choose(
        in UsageReading body, UsageDetails? usage, UsageDetails? last, ClientAdapterOptions row, ClientAdapterOptions? gaps)
    {
        if (body.Status != UsageStatus.Unknown)
        {
            return CountsCheck.Contradiction(in body, usage, last) is { } contradiction
                ? UsageDetailsReader.Unknown(contradiction) with { Model = body.Model, Identity = body.Identity }
                : new ReadAnswer(new ModelCall { Reading = body }, gaps);
        }

        if (UsageDetailsReader.Read(usage, row, default).Reading is not { Usage: not null } counted)
        {
            return body;
        }

        UsageReading both = body with
        {
            Origin = counted.Origin,
            Status = counted.Status,
            Reason = counted.Reason,
            Usage = counted.Usage,
            Meters = body.Meters.Count > 0 ? body.Meters : counted.Meters,
        };
        return new ReadAnswer(new ModelCall { Reading = both }, GapsOf(row));
    }

    /// <summary>Counts that contradict themselves are not known; a body that is of no known shape leaves the client's own counts.</summary>
    private static ReadAnswer Instead(UsageFormatException exception, UsageDetails? usage, ClientAdapterOptions row) =>
        exception.Kind is UsageFaultKind.NotRecognized or UsageFaultKind.InvalidJson
            ? new ReadAnswer(UsageDetailsReader.Read(usage, row, default), GapsOf(row))
            : UsageDetailsReader.Unknown(exception.Message);

    /// <summary>What the objects of the client leave out as well.</summary>
    private static ClientAdapterOptions? GapsOfBody(ClientAdapterOptions row, ReadOnlySpan<byte> json) =>
        row.GapsOfBody is { } gaps && !(gaps.OmitsCachedTokens && StatesCachedTokens(json)) ? gaps
        : row.GapsOfBody?.GapsOfBody;

    /// <summary>Whether a body says how much was cached, and be it nothing.</summary>
    private static bool StatesCachedTokens(ReadOnlySpan<byte> json)
    {
        int at = json.LastIndexOf("\"cached_tokens\":"u8);
        return at >= 0 && !json[(at + "\"cached_tokens\":".Length)..].TrimStart((byte)' ').StartsWith("null"u8);
    }

    private static ClientAdapterOptions? GapsOf(ClientAdapterOptions row) =>
        row.OmitsCachedTokens || row.OmitsCacheWrites || row.OmitsModalities || row.OmitsTier || row.Omits is not null ? row : null;
}
