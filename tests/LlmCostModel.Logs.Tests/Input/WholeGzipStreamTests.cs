using System.IO.Compression;
using System.Text;

namespace LlmCostModel.Logs.Tests.Input;

/// <summary>A log that was cut off must not pass for a shorter one.</summary>
public class WholeGzipStreamTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 400).Select(i => $$"""{ "model": "m{{i * 7919 % 1000}}", "usage": { "input": {{i * i}} } }""")));

    private static readonly byte[] Packed = Pack(Text);

    [Fact]
    public void Whole_OfOneMemberOrSeveral_IsRead()
    {
        Assert.Equal(Text, Read(Packed, 1 << 16));
        Assert.Equal(Text, Read(Packed, 1));
        Assert.Equal([.. Text, .. Text], Read([.. Packed, .. Packed], 1000));
        Assert.Equal([], Read(Pack([]), 10));
    }

    [Fact]
    public void CutOff_AnywhereInAMember_IsRefusedByName()
    {
        for (int length = 2; length < Packed.Length; length++)
        {
            Refused(Packed[..length]);
        }

        Refused([.. Packed, .. Packed[..100]]);
    }

    [Fact]
    public void Damaged_IsRefused()
    {
        for (int i = 20; i < Packed.Length; i += 97)
        {
            byte[] damaged = [.. Packed];
            damaged[i] ^= 0x10;
            Refused(damaged);
        }
    }

    private static void Refused(byte[] packed)
    {
        LogFormatException refusal = Assert.Throws<LogFormatException>(() => Read(packed, 4096));
        Assert.Equal("'log.gz' is not whole gzip: it was cut off or damaged. Fetch it again.", refusal.Message);
    }

    private static byte[] Read(byte[] packed, int chunk)
    {
        using WholeGzipStream stream = new(new MemoryStream(packed), "log.gz");
        using MemoryStream bytes = new();
        stream.CopyTo(bytes, chunk);
        return bytes.ToArray();
    }

    private static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Wherever a file is cut, what comes out before it is refused is a beginning of what was in it, and nothing else.</summary>
    [Fact]
    public void CutAnywhere_GivesNothingThatWasNotThere()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 300).Select(i => $$"""{"model":"gpt-4o","at":"2026-03-01T10:{{i % 60:00}}:00Z","usage":{"input":{{i * 7919 % 10_000}},"output":{{i * 104_729 % 1_000}} } }""")));
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(text);
        }

        byte[] whole = packed.ToArray();
        for (int length = 1; length < whole.Length; length++)
        {
            using WholeGzipStream stream = new(new MemoryStream(whole, 0, length), "cut");
            using MemoryStream read = new();

            Assert.Throws<LogFormatException>(() => stream.CopyTo(read));
            Assert.True(text.AsSpan().StartsWith(read.ToArray()), $"cut at {length}");
        }

        using WholeGzipStream all = new(new MemoryStream(whole), "whole");
        using MemoryStream unpacked = new();
        all.CopyTo(unpacked);
        Assert.Equal(text, unpacked.ToArray());
    }
}
