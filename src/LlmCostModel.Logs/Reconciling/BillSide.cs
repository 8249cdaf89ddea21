using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>The sums of the lines of bills, by day and model.</summary>
internal sealed class BillSide(SumPricer pricer, ReconciliationOptions options)
{
    /// <summary>No bill is finer than that; more digits come from binary numbers.</summary>
    private const int MostDecimals = 10;

    /// <summary>The cents of a currency: a bill with fewer digits left zeros out.</summary>
    private const int FewestDecimals = 2;

    private readonly Dictionary<string, int> _decimals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeZoneInfo?> _zones = new(StringComparer.Ordinal);
    private readonly Dictionary<(DayKey Key, string Currency), (BillDay Day, bool IsUnknown)> _days = [];
    private readonly Dictionary<(string Name, string? Model, string? Provider), (string Provider, string Model)?> _names = [];
    private readonly List<BillLine> _apart = [];

    /// <summary>The lines that are not use.</summary>
    public IReadOnlyList<BillLine> Apart => _apart;

    public IReadOnlyDictionary<(DayKey Key, string Currency), (BillDay Day, bool IsUnknown)> Days => _days;

    /// <summary>The zone of the days of a provider's bill; <see langword="null"/> is UTC.</summary>
    public TimeZoneInfo? ZoneOf(string provider) =>
        options.TimeZone ?? (_zones.TryGetValue(provider, out TimeZoneInfo? zone) ? zone : _zones.GetValueOrDefault(""));

    public void Add(BillLine line)
    {
        DateOnly day = line.At is { } at && options.TimeZone is { } zone
            ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime) : line.Day;
        if (day < options.From || day >= options.To)
        {
            return;
        }

        if (line.Kind != BillLineKind.Usage)
        {
            _apart.Add(line);
            return;
        }

        _decimals[line.Bill] = Math.Max(_decimals.GetValueOrDefault(line.Bill), line.Decimals);
        (string Provider, string Model)? model = Find(line);
        string provider = model?.Provider ?? line.Provider ?? "";
        if (line.TimeZone is { } days)
        {
            _zones[provider] = Zone(days);
        }

        DayKey key = new(day, provider, model?.Model ?? line.Name);
        if (!_days.TryGetValue((key, line.Amount.Currency), out (BillDay Day, bool) entry))
        {
            _days[(key, line.Amount.Currency)] = entry = (new BillDay(), model is null);
        }

        entry.Day.Add(line);
    }

    /// <summary>How much a bill may have rounded.</summary>
    public decimal ToleranceOf(BillDay? day)
    {
        decimal rounded = 0;
        foreach ((string bill, int lines) in day?.Lines ?? new Dictionary<string, int>())
        {
            decimal unit = new(1, 0, 0, false, (byte)Math.Clamp(_decimals[bill], FewestDecimals, MostDecimals));
            rounded += lines * unit / 2;
        }

        return Math.Max(options.Tolerance ?? (options.RelativeTolerance is null ? rounded : 0),
            Math.Abs(day?.Amount ?? 0) * (options.RelativeTolerance ?? 0));
    }

    /// <summary>The model that a line is of; <see langword="null"/> when its name is not tied to one.</summary>
    private (string Provider, string Model)? Find(BillLine line)
    {
        var name = (line.Name, line.Model, line.Provider);
        if (!_names.TryGetValue(name, out (string, string)? found))
        {
            string? id = options.Names.TryGetValue(line.Name, out string? given) ? given : line.Model;
            found = id is not null && pricer.Find(id, line.Provider) is { } model
                ? (model.Resolution.Provider ?? line.Provider ?? "", model.Id) : null;
            _names[name] = found;
        }

        return found;
    }

    private static TimeZoneInfo? Zone(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
        {
            return zone;
        }

        string offset = name.TrimStart('+');
        return TimeSpan.TryParse(offset, CultureInfo.InvariantCulture, out TimeSpan span)
            ? TimeZoneInfo.CreateCustomTimeZone(name, span, name, name) : null;
    }
}
