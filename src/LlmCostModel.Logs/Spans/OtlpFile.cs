using System.Buffers.Binary;
using ZstdSharp;

namespace LlmCostModel.Logs;

/// <summary>A file of OTLP in protobuf: one export, or the messages that the collector's file exporter writes, each behind its length in
/// four bytes and packed by itself where that is asked for.</summary>
/// <remarks>opentelemetry-collector-contrib, exporter/fileexporter/file_writer.go (exportMessageAsBuffer), read 2026-11-27.</remarks>
internal sealed class OtlpFile : IRecordSource
{
    private const int Looked = 64;
    private const int PrefixLength = 4;

    private static readonly int MostBytes = InputLimits.Default.MostBytes;

    private readonly Stream _stream;
    private readonly string _name;
    private readonly bool _isFramed;
    private bool _isRead;

    private OtlpFile(Stream stream, string name, bool isFramed) => (_stream, _name, _isFramed) = (stream, name, isFramed);

    /// <summary>Looks whether a log is such a file.</summary>
    /// <param name="stream">The log, unpacked; what was read of it is given back with it.</param>
    /// <param name="name">What it is called.</param>
    /// <returns>The file; <see langword="null"/> when the log is something else.</returns>
    public static OtlpFile? Find(ref Stream stream, string name)
    {
        byte[] start = new byte[Looked];
        int read = stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false);
        stream = new ConcatenatedStream(new MemoryStream(start, 0, read), stream);
        ReadOnlySpan<byte> bytes = start.AsSpan(0, read);

        // A text does not begin with a zero, and no message is so long that it needs the first of the four bytes.
        bool isFramed = read > PrefixLength && bytes[0] == 0 && IsPayload(bytes[PrefixLength..]);
        return isFramed || OtlpMessage.MayBegin(bytes) ? new(stream, name, isFramed) : null;
    }

    /// <inheritdoc/>
    public bool TryRead(out RawRecord record)
    {
        record = default;
        if (!_isFramed)
        {
            bool isFirst = !_isRead;
            _isRead = true;
            record = isFirst ? new(ToJson(ReadUpTo(_stream)), 0) : default;
            return isFirst;
        }

        byte[] prefix = new byte[PrefixLength];
        int read = _stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        if (read == 0)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        byte[] message = read < PrefixLength || length > MostBytes ? throw Broken() : new byte[length];
        if (_stream.ReadAtLeast(message, message.Length, throwOnEndOfStream: false) < message.Length)
        {
            throw Broken();
        }

        record = new(ToJson(PackedFiles.IsZstd(message) ? Unpack(message) : message), 0);
        return true;
    }

    private static bool IsPayload(ReadOnlySpan<byte> start) =>
        start[0] == '{' || PackedFiles.IsZstd(start) || OtlpMessage.MayBegin(start);

    private byte[] Unpack(byte[] message)
    {
        using WholeStream unpacked = new(new DecompressionStream(new MemoryStream(message), checkEndOfStream: true), _name, "zstd");
        return ReadUpTo(unpacked);
    }

    private byte[] ReadUpTo(Stream stream)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MostBytes)
            {
                throw new LogFormatException(FormattableString.Invariant(
                    $"'{_name}' has a message of more than {MostBytes:#,##0} bytes. Have the exporter write smaller batches."));
            }
        }

        return bytes.ToArray();
    }

    private byte[] ToJson(byte[] message)
    {
        if (message.AsSpan().StartsWith("{"u8))
        {
            return message;
        }

        try
        {
            return JsonBytes.Write(writer => OtlpMessage.WriteJson(message, writer));
        }
        catch (InvalidDataException)
        {
            throw Broken();
        }
    }

    private LogFormatException Broken() => new($"'{_name}' is not whole OTLP: it was cut off or damaged. Fetch it again.");
}
