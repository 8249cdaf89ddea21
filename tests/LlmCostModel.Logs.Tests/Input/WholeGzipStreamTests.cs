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
}
