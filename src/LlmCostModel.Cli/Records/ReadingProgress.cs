using System.Globalization;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Records;

/// <summary>Says how far the reading is, on a terminal and only when it takes a while: one line of standard error, which is rewritten and
/// goes at the end.</summary>
internal sealed class ReadingProgress : IDisposable
{
    /// <summary>What takes less is not worth a line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly CommandHost _host;
    private readonly LogInputs _inputs;
    private readonly long _started;
    private long _shown;
    private long _bytes;
    private int _file;
    private long _records;

    public ReadingProgress(CommandHost host, LogInputs inputs)
    {
        (_host, _inputs) = (host, inputs);
        _started = host.Clock.GetTimestamp();
        _shown = _started;
    }

    /// <summary>How far it is, in words.</summary>
    public string Text => $"{Records}, {Read}";

    /// <summary>How many records were taken, in words.</summary>
    public string Records => TableText.Count(_records, "record");

    /// <summary>How much was read, in words; the last of it may not be in a record that was taken.</summary>
    public string Read
    {
        get
        {
            string read = Megabytes(_bytes);
            string bytes = _inputs.Length is { } all ? $"{read} of {Megabytes(Math.Max(all, _bytes))} MB" : $"{read} MB";
            string files = _inputs.Logs.Count == 1 ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $", file {_file:#,##0} of {_inputs.Logs.Count:#,##0}");
            return bytes + files;
        }
    }

    /// <summary>Opens the next log and counts what is read of it.</summary>
    public Stream Open(LogInput log)
    {
        _file++;
        return new CountedStream(log.Open(), this);
    }

    /// <summary>Says how many records there are.</summary>
    public void At(long records)
    {
        const int Often = 255; // asking the clock costs more than counting
        _records = records;
        if ((records & Often) == 0)
        {
            Show();
        }
    }

    public void Dispose() => _host.ClearStatus();

    private void Add(int bytes)
    {
        _bytes += bytes;
        Show();
    }

    private void Show()
    {
        if (_host.IsErrorTerminal
            && _host.Clock.GetElapsedTime(_started) >= Patience
            && _host.Clock.GetElapsedTime(_shown) >= Between)
        {
            _shown = _host.Clock.GetTimestamp();
            _host.ShowStatus(Text);
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1_000_000m).ToString("#,##0.0", CultureInfo.InvariantCulture);

    /// <summary>A stream that says how much is read of it.</summary>
    private sealed class CountedStream(Stream inner, ReadingProgress progress) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            progress.Add(read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
