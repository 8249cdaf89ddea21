using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Cuts Amazon's binary event streams, by which Bedrock answers, into the JSON of their events.</summary>
/// <remarks>
/// A frame is its length, the length of its headers, a checksum, headers, the payload and a checksum:
/// https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html. InvokeModel's payloads hold the event of the model in base64:
/// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html (read 2026-11-26).
/// </remarks>
internal sealed class EventStreamFrames(int maxFrame, JsonSkeleton.ObjectHandler onEvent)
{
    private const int Prelude = 12;
    private const int Checksum = 4;

    private readonly ArrayBufferWriter<byte> _frame = new();

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int wanted = _frame.WrittenCount < Prelude ? Prelude : Length();
            int taken = Math.Min(bytes.Length, wanted - _frame.WrittenCount);
            _frame.Write(bytes[..taken]);
            bytes = bytes[taken..];
            if (_frame.WrittenCount >= Prelude && _frame.WrittenCount == Length())
            {
                Take(_frame.WrittenSpan);
                _frame.ResetWrittenCount();
            }
        }
    }

    private int Length()
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_frame.WrittenSpan);
        return length >= Prelude + Checksum && length <= maxFrame
            ? (int)length
            : throw new InvalidDataException($"A frame of the stream states a length of {length} bytes, so the stream is not read.");
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        uint headers = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]);
        if (headers > frame.Length - Prelude - Checksum)
        {
            throw new InvalidDataException("The headers of a frame are longer than the frame, so the stream is not read.");
        }

        ReadOnlySpan<byte> payload = frame[(Prelude + (int)headers)..^Checksum];
        if (payload is [(byte)'{', ..])
        {
            byte[]? inner = Unwrap(payload);
            onEvent(inner is null ? payload : inner);
        }
    }

    /// <summary>The event of the model inside; <see langword="null"/> when the payload is the event itself.</summary>
    private static byte[]? Unwrap(ReadOnlySpan<byte> payload)
    {
        Utf8JsonReader reader = new(payload);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isWrapped = reader.ValueTextEquals("bytes"u8);
            reader.Read();
            if (isWrapped && reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? inner))
            {
                return inner;
            }

            reader.Skip();
        }

        return null;
    }
}
