using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>A column to write. Every value may be null.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What its values are: texts, whole numbers, decimals or instants of UTC.</param>
internal sealed class WrittenColumn(string name, ParquetKind kind)
{
    /// <summary>Most programs read no decimals with more digits.</summary>
    public const int DecimalDigits = 38;

    /// <summary>How many bytes hold as many digits.</summary>
    public const int DecimalBytes = 16;

    private const int LeastScale = 18; // so that files of the same calls by day have the same columns

    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<long> _numbers = []; // numbers, ticks, and places of texts
    private readonly List<decimal> _decimals = [];
    private readonly List<bool> _areNull = [];

    public string Name => name;

    public ParquetKind Kind => kind;

    public int Count => _areNull.Count;

    /// <summary>The digits behind the point of decimals.</summary>
    public int Scale => Math.Max(LeastScale, _decimals.Select(value => (int)value.Scale).DefaultIfEmpty().Max());

    public decimal Decimal(int row) => _decimals[row];

    /// <summary>Whether no instant is finer than a microsecond.</summary>
    public bool IsOfMicros => _numbers.TrueForAll(ticks => ticks % TimeSpan.TicksPerMicrosecond == 0);

    /// <summary>The texts there are, each once.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public bool IsNull(int row) => _areNull[row];

    public long Number(int row) => _numbers[row];

    public void AddText(string? value)
    {
        int place = 0;
        if (value is not null && !_places.TryGetValue(value, out place))
        {
            place = _texts.Count;
            _texts.Add(value);
            _places.Add(value, place);
        }

        Add(place, value is null);
    }

    public void AddNumber(long? value) => Add(value ?? 0, value is null);

    public void AddInstant(DateTimeOffset? value) => Add(value?.UtcTicks ?? 0, value is null);

    public void AddDecimal(decimal? value)
    {
        decimal shortest = decimal.Parse(AmountFormat.ToText(value ?? 0), CultureInfo.InvariantCulture);
        _decimals.Add(shortest);
        _areNull.Add(value is null);
    }

    /// <summary>Adds rows without a value, up to a number of them.</summary>
    public void FillTo(int rows)
    {
        while (Count < rows)
        {
            if (kind == ParquetKind.Decimal)
            {
                AddDecimal(null);
            }
            else
            {
                Add(0, isNull: true);
            }
        }
    }

    private void Add(long number, bool isNull)
    {
        _numbers.Add(number);
        _areNull.Add(isNull);
    }
}
