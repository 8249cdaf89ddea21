using System.Buffers;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Records that wait, as JSON: a third of what they take as objects.</summary>
internal sealed class PackedRecords
{
    private static readonly JsonSerializerOptions Options = new();
    private static readonly JsonValueConverter<LogRecord> Json = new();

    private readonly List<byte[]?> _records = [];
    private readonly Dictionary<int, int> _joined = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public int Count => _records.Count;

    public LogRecord this[int place]
    {
        get => Unpack(_records[place]!);
        set => _records[place] = Pack(value);
    }

    /// <summary>Adds a record.</summary>
    /// <returns>Its place.</returns>
    public int Add(LogRecord record)
    {
        _records.Add(Pack(record));
        return _records.Count - 1;
    }

    /// <summary>Lets what stood in one place stand in another.</summary>
    public void Join(int place, int other) => (_records[place], _joined[place]) = (null, other);

    /// <summary>Where a record stands now.</summary>
    public int PlaceOf(int place)
    {
        while (_joined.TryGetValue(place, out int other))
        {
            place = other;
        }

        return place;
    }

    /// <summary>The records in the order of their places, or of their times, those without a time last.</summary>
    public IEnumerable<LogRecord> All(bool isByTime) => (isByTime ? ByTime() : _records.OfType<byte[]>()).Select(Unpack);

    private IEnumerable<byte[]> ByTime() =>
        _records.OfType<byte[]>().OrderBy(packed => Unpack(packed).Call?.Context.At ?? DateTimeOffset.MaxValue);

    private byte[] Pack(LogRecord record)
    {
        _buffer.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(_buffer))
        {
            Json.Write(writer, record, Options);
        }

        return _buffer.WrittenSpan.ToArray();
    }

    private static LogRecord Unpack(byte[] packed)
    {
        Utf8JsonReader reader = new(packed);
        reader.Read();
        return Json.Read(ref reader, typeof(LogRecord), Options)!;
    }
}
