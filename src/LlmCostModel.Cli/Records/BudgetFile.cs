using System.Buffers.Binary;
using LlmCostModel.Budgets;

namespace LlmCostModel.Cli.Records;

/// <summary>A SQLite file in which budgets are counted. It is known by its first bytes, and SQLite is loaded for such files
/// alone.</summary>
internal static class BudgetFile
{
    /// <summary>Where the head of a SQLite file says whose tables it has. https://www.sqlite.org/fileformat.html#application_id</summary>
    private const int ApplicationAt = 68;

    /// <summary>"LCMB", as the store writes it.</summary>
    private const uint Application = 0x4C43_4D42;

    /// <summary>Whether a file may be one of budgets. Of one that others have just made, the head may be in the log beside it.</summary>
    /// <param name="stream">The file; it is left where it was.</param>
    /// <param name="path">Where it is.</param>
    public static bool Is(Stream stream, string path)
    {
        Span<byte> head = stackalloc byte[ApplicationAt + sizeof(uint)];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == head.Length
            && head.StartsWith("SQLite format 3\0"u8)
            && BinaryPrimitives.ReadUInt32BigEndian(head[ApplicationAt..]) is var owner
            && (owner == Application || (owner == 0 && File.Exists(path + "-wal")));
    }

    /// <summary>Refuses a file that is not one of budgets, so that nothing is written into it.</summary>
    /// <exception cref="CliException">It is not, or cannot be read.</exception>
    public static void Require(string path, CommandHost host)
    {
        using (Stream stream = InputFile.Open(path, host))
        {
            if (path == InputFile.Standard || !stream.CanSeek || !Is(stream, path))
            {
                throw new CliException($"'{VisibleText.OneLine(path)}' is not a file of budgets. Name the file that the application gives "
                    + "to AddSqliteBudgetStore.");
            }
        }

        using Stream entries = Open(path);
        _ = entries.ReadByte(); // says what else is wrong with it
    }

    /// <summary>The entries of settled calls as lines, as they are read.</summary>
    public static Stream Open(string path) => new EntryStream(SqliteBudgetStore.ReadEntries(path));

    private sealed class EntryStream(IEnumerable<ReadOnlyMemory<byte>> entries) : Stream
    {
        private readonly IEnumerator<ReadOnlyMemory<byte>> _entries = entries.GetEnumerator();
        private ReadOnlyMemory<byte> _line;
        private bool _needsEnd;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int filled = 0;
            while (filled < buffer.Length && Fill())
            {
                int taken = Math.Min(_line.Length, buffer.Length - filled);
                _line.Span[..taken].CopyTo(buffer[filled..]);
                _line = _line[taken..];
                filled += taken;
            }

            return filled;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _entries.Dispose();
            }

            base.Dispose(disposing);
        }

        /// <summary>Has something to give, if there is more.</summary>
        private bool Fill()
        {
            if (_line.IsEmpty && _needsEnd)
            {
                (_line, _needsEnd) = ("\n"u8.ToArray(), false);
            }
            else if (_line.IsEmpty)
            {
                try
                {
                    if (!_entries.MoveNext())
                    {
                        return false;
                    }
                }
                catch (BudgetStoreException failure)
                {
                    throw new CliException(failure.Message);
                }

                (_line, _needsEnd) = (_entries.Current, true);
            }

            return true;
        }
    }
}
