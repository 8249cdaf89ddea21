using System.IO.Compression;
using Snappier;
using ZstdSharp;

namespace LlmCostModel.Logs;

/// <summary>Unpacks pages.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Compression.md, read 2026-11-27.</remarks>
internal static class PageBytes
{
    private static readonly string[] Names = ["none", "Snappy", "gzip", "LZO", "Brotli", "LZ4 of Hadoop", "zstd", "LZ4"];

    /// <summary>Unpacks a page into as many bytes as it is said to have.</summary>
    /// <exception cref="InvalidDataException">It has others, or is packed in a way that is not read.</exception>
    public static void Unpack(ReadOnlySpan<byte> source, int codec, Span<byte> target)
    {
        bool isWhole = codec switch
        {
            0 => source.TryCopyTo(target) && source.Length == target.Length,
            1 => Snappy.TryDecompress(source, target, out int unpacked) && unpacked == target.Length,
            2 => Read(new GZipStream(Open(source), CompressionMode.Decompress), target),
            4 => Read(new BrotliStream(Open(source), CompressionMode.Decompress), target),
            6 => UnpackZstd(source, target),
            _ => throw new InvalidDataException(
                $"It is packed with {(codec > 0 && codec < Names.Length ? Names[codec] : "what is not known")}, which is not read."),
        };
        if (!isWhole)
        {
            throw new InvalidDataException("A page in it does not unpack.");
        }
    }

    private static MemoryStream Open(ReadOnlySpan<byte> source) => new(source.ToArray());

    private static bool Read(Stream unpacking, Span<byte> target)
    {
        using (unpacking)
        {
            return unpacking.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
        }
    }

    private static bool UnpackZstd(ReadOnlySpan<byte> source, Span<byte> target)
    {
        using Decompressor zstd = new();
        return zstd.Unwrap(source, target) == target.Length;
    }
}
