using System.Text;
using LlmCostModel.Logs.Tests.Merging;

namespace LlmCostModel.Logs.Tests.Tables;

[Collection(nameof(MergerMemoryTests))]
public class TableMemoryTests
{
    /// <summary>A million rows take the memory of one.</summary>
    [Fact]
    public void Rows_AreReadOneByOne()
    {
        using RepeatedStream stream = new("model,input,note\n", "gpt-4o,600," + new string('x', 1_000) + "\n", 50_000);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        long count = 0;
        long most = 0;
        foreach (LogRecord record in new LogReader().Read(stream, "t"))
        {
            count++;
            most = count % 10_000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most;
        }

        Assert.Equal(50_000, count);
        Assert.InRange(most - before, -100_000_000, 20_000_000); // 50 MB and more if they were kept
    }

    /// <summary>A text that is made as it is read.</summary>
    private sealed class RepeatedStream(string first, string line, int count) : ReadingStream
    {
        private readonly byte[] _line = Encoding.UTF8.GetBytes(line);
        private byte[] _rest = Encoding.UTF8.GetBytes(first);
        private int _left = count;

        public override int Read(Span<byte> buffer)
        {
            if (_rest.Length == 0 && _left-- > 0)
            {
                _rest = _line;
            }

            int read = Math.Min(buffer.Length, _rest.Length);
            _rest.AsSpan(0, read).CopyTo(buffer);
            _rest = _rest[read..];
            return read;
        }
    }
}
