using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace LlmCostModel;

/// <summary>Keeps a packed body that nobody unpacked on the way, and reads it when it is over: what unpacks asks for bytes, and cannot be
/// given them as they come.</summary>
internal sealed class PackedBytes(string encoding)
{
    /// <summary>How much is kept of one.</summary>
    internal const int MaxKept = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _kept = new();

    internal delegate void Reader(ReadOnlySpan<byte> bytes);

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_kept.WrittenCount + bytes.Length > MaxKept)
        {
            throw new NotSupportedException(
                $"The response is packed ({encoding}) and larger than is kept of such a one ({MaxKept} bytes). Unpack it below the "
                    + "handler: HttpClientHandler.AutomaticDecompression.");
        }

        _kept.Write(bytes);
    }

    /// <summary>Reads what came, as far as it can be unpacked: the end may be missing.</summary>
    internal void Unpack(Reader reader)
    {
        MemoryMarshal.TryGetArray(_kept.WrittenMemory, out ArraySegment<byte> kept);
        using MemoryStream packed = new(kept.Array ?? [], kept.Offset, kept.Count, writable: false);
        using Stream unpacked = Open(packed);
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (unpacked.Read(buffer) is > 0 and var count)
            {
                reader(buffer.AsSpan(0, count));
            }
        }
        catch (InvalidDataException)
        {
            // Cut off: what was read counts.
        }
    }

    private Stream Open(MemoryStream packed) => encoding switch
    {
        _ when Is("gzip") || Is("x-gzip") => new GZipStream(packed, CompressionMode.Decompress),
        _ when Is("br") => new BrotliStream(packed, CompressionMode.Decompress),
        _ when Is("deflate") => new ZLibStream(packed, CompressionMode.Decompress),
        _ => throw new NotSupportedException($"The response is packed in a way that is not known here ({encoding})."),
    };

    private bool Is(string name) => encoding.Equals(name, StringComparison.OrdinalIgnoreCase);
}
