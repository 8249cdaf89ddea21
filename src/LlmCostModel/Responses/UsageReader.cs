using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Reads what a call consumed out of a provider's response, as disjoint counts.</summary>
/// <remarks>
/// One pass over the UTF-8 bytes; message content is skipped without being decoded, and nothing is allocated but the model id (and, where
/// the
/// response has them, attributes and calls of other models). Stateless and safe for concurrent use. What each API includes in what is
/// listed in
/// <c>docs/responses.md</c>. A response that states no usage gives <see cref="UsageStatus.Unknown"/>, never zero.
/// </remarks>
public static class UsageReader
{
    /// <summary>Reads one response.</summary>
    /// <param name="utf8Json">The response body: one JSON object.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the body.</param>
    /// <returns>What the response says.</returns>
    /// <exception cref="UsageFormatException">The body is not JSON, not of the API, ambiguous, or contradicts itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="api"/> is not a convention.</exception>
    public static UsageReading Read(ReadOnlySpan<byte> utf8Json, ApiFormat api = ApiFormat.Detect)
    {
        try
        {
            RawUsage raw = default;
            FieldExtractor.Read(utf8Json, ref raw);
            return ReadingBuilder.Build(in raw, api);
        }
        catch (OverflowException exception)
        {
            UsageErrors.TooLarge(exception);
            throw;
        }
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, ApiFormat)"/>
    /// <param name="json">The response body: one JSON object.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the body.</param>
    public static UsageReading Read(string json, ApiFormat api = ApiFormat.Detect)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(Encoding.UTF8.GetBytes(json), api);
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, ApiFormat)"/>
    public static UsageReading Read(in ReadOnlySequence<byte> utf8Json, ApiFormat api = ApiFormat.Detect)
    {
        if (utf8Json.IsSingleSegment)
        {
            return Read(utf8Json.FirstSpan, api);
        }

        int length = checked((int)utf8Json.Length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            utf8Json.CopyTo(buffer);
            return Read(buffer.AsSpan(0, length), api);
        }
        finally
        {
            // Responses may be confidential; the next user of the buffer must not see them.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Reads one response that was already parsed.</summary>
    /// <param name="response">The response: a JSON object.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the body.</param>
    /// <returns>What the response says.</returns>
    /// <exception cref="UsageFormatException">The body is not of the API, ambiguous, or contradicts itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="api"/> is not a convention.</exception>
    public static UsageReading Read(JsonElement response, ApiFormat api = ApiFormat.Detect)
    {
        if (response.ValueKind != JsonValueKind.Object)
        {
            UsageErrors.NotAnObject();
        }

        return Read(JsonMarshal.GetRawUtf8Value(response), api);
    }

    /// <summary>Reads one response, if it can be read; the convention by which it counts is found out from the body.</summary>
    /// <param name="utf8Json">The response body: one JSON object.</param>
    /// <param name="reading">What the response says; <see langword="default"/> when it cannot be read.</param>
    /// <param name="error">Why it cannot be read; <see langword="null"/> when it can.</param>
    /// <returns>Whether the response can be read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8Json, out UsageReading reading, [NotNullWhen(false)] out string? error) =>
        TryRead(utf8Json, ApiFormat.Detect, out reading, out error);

    /// <summary>Reads one response, if it can be read.</summary>
    /// <param name="utf8Json">The response body: one JSON object.</param>
    /// <param name="api">The convention by which it counts.</param>
    /// <param name="reading">What the response says; <see langword="default"/> when it cannot be read.</param>
    /// <param name="error">Why it cannot be read; <see langword="null"/> when it can.</param>
    /// <returns>Whether the response can be read.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="api"/> is not a convention.</exception>
    public static bool TryRead(ReadOnlySpan<byte> utf8Json, ApiFormat api, out UsageReading reading, [NotNullWhen(false)] out string? error)
    {
        try
        {
            reading = Read(utf8Json, api);
            error = null;
            return true;
        }
        catch (UsageFormatException exception)
        {
            reading = default;
            error = exception.Message;
            return false;
        }
    }

    /// <summary>Reads a whole stream of server-sent events, or of JSON lines.</summary>
    /// <param name="utf8Stream">All bytes of the stream.</param>
    /// <param name="api">The convention by which it counts; by default that is found out from the events.</param>
    /// <returns>What the stream says; its <see cref="UsageReading.Status"/> tells whether it was cut off.</returns>
    /// <exception cref="UsageFormatException">An event is not JSON, not of the API, ambiguous, or contradicts itself.</exception>
    public static UsageReading ReadStream(ReadOnlySpan<byte> utf8Stream, ApiFormat api = ApiFormat.Detect)
    {
        UsageStreamReader reader = new(api);
        reader.Append(utf8Stream);
        return reader.Finish();
    }
}
