using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads bills: reports of costs of providers, gateways and clouds, as JSON or CSV, packed or not. What each is, is found
/// out.</summary>
/// <remarks>Not thread-safe: one bill after the other.</remarks>
public sealed class BillReader
{
    private readonly IReadOnlyList<BillFormat> _formats;

    /// <summary>Makes a reader.</summary>
    /// <param name="options">What is known beforehand; <see langword="null"/> for nothing.</param>
    /// <exception cref="ArgumentException">The map names a field that lines do not have, or lacks the day, the model or the
    /// cost.</exception>
    public BillReader(BillReaderOptions? options = null) =>
        _formats = options is { Map.Count: > 0 } ? [new TableBill(TableBill.MapOf(options.Map))] : BillFormat.All;

    /// <summary>Gets how many lines were left out because they charge for other services than models.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Gets whether the last page of the last bill says that more pages follow, so that the bills lack them.</summary>
    public bool LacksPages { get; private set; }

    /// <summary>Reads the lines of a bill, as they are enumerated.</summary>
    /// <param name="bill">The bill. It is disposed of at the end.</param>
    /// <param name="name">What it is called: in lines, and when it is refused.</param>
    /// <returns>The lines in their order.</returns>
    /// <exception cref="LogFormatException">It is not a bill that can be read, or a line of it cannot: its sum would lack that.</exception>
    public IEnumerable<BillLine> Read(Stream bill, string name)
    {
        ArgumentNullException.ThrowIfNull(bill);
        ArgumentNullException.ThrowIfNull(name);
        return ReadAll(bill, name);
    }

    private IEnumerable<BillLine> ReadAll(Stream bill, string name)
    {
        LineCollector lines = new(this, name);
        bool isAny = false;
        foreach (LogRecord record in LogReader.Of(lines).Read(bill, name))
        {
            if (record.Fault is { } fault)
            {
                throw new LogFormatException($"'{name}' is not read as a bill: {fault}");
            }

            isAny = true;
            foreach (BillLine line in lines.Take())
            {
                yield return line;
            }
        }

        if (!isAny)
        {
            throw new LogFormatException($"'{name}' is not read as a bill: it is empty.");
        }
    }

    /// <summary>Takes the lines of records while a reader of logs goes through them: files are packed and split as logs are.</summary>
    private sealed class LineCollector(BillReader owner, string name) : LogFormat
    {
        private const int MostShown = 30;

        private static readonly LogEntry Read =
            LogEntry.Of(new ModelCall { Reading = new UsageReading { Status = UsageStatus.NotBilled } });

        private List<BillLine> _lines = [];

        public override string Name => "bill";

        public override string Description =>
            owner._formats.Count == 1 ? owner._formats[0].Description : "bills (reports of costs) that are known";

        public override LogFormatReader Open() => new Reader(this);

        public List<BillLine> Take()
        {
            List<BillLine> taken = _lines;
            _lines = [];
            return taken;
        }

        private bool TryRead(JsonElement record)
        {
            if (RecordFields.Of(record) is not { } fields)
            {
                return false;
            }

            foreach (BillFormat format in owner._formats)
            {
                if (format.Read(fields) is { } lines)
                {
                    owner.LacksPages = fields.Flag("has_more") == true;
                    Add(lines);
                    return true;
                }
            }

            return false;
        }

        /// <summary>Why a record is of no format, and what to do.</summary>
        private string UnknownShape(JsonElement record)
        {
            string[] names = RecordFields.Of(record) is { } fields
                ? [.. fields.Members.Select(member => member.Name).Where(member => member.Length > 0)] : [];
            string has = names.Length == 0 ? "it has no columns or members"
                : $"it has {string.Join(", ", names.Take(MostShown))}{(names.Length > MostShown ? " and more" : "")}";
            return owner._formats.Count == 1
                ? $"{has}; the map names others."
                : $"{has}. Known are {string.Join(", ", owner._formats.SkipLast(1).Select(format => format.Description))}; "
                    + "of another table, say which columns are day, model and cost in BillReaderOptions.Map.";
        }

        private void Add(IEnumerable<BillLine> lines)
        {
            foreach (BillLine line in lines)
            {
                if (ReferenceEquals(line, BillLine.OfOtherService))
                {
                    owner.LeftOut++;
                    continue;
                }

                line.Bill = name;
                _lines.Add(line);
            }
        }

        private sealed class Reader(LineCollector collector) : LogFormatReader
        {
            public override IEnumerable<LogEntry>? Read(JsonElement record)
            {
                try
                {
                    return [collector.TryRead(record) ? LineCollector.Read : LogEntry.Unreadable(collector.UnknownShape(record))];
                }
                catch (Exception exception) when (exception is FormatException or ArgumentException)
                {
                    return [LogEntry.Unreadable(FaultText.Of(exception))];
                }
            }
        }
    }
}
