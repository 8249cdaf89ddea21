namespace LlmCostModel.Planning;

/// <summary>The time that a log is about, and the calls of it that belong to no line.</summary>
internal sealed class LogSpan
{
    private const double Whole = 0.97;
    private const int Hours = 24;

    private readonly double[] _byHour = new double[Hours];
    private DateTime _firstLocal = DateTime.MaxValue;
    private DateTime _lastLocal = DateTime.MinValue;

    internal DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    internal DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    internal long Calls { get; private set; }

    internal long Unreadable { get; set; }

    internal long Failed { get; set; }

    internal long Undated { get; set; }

    internal long BeyondLines { get; set; }

    internal int FirstDay => DateOnly.FromDateTime(_firstLocal).DayNumber;

    internal int LastDay => DateOnly.FromDateTime(_lastLocal).DayNumber;

    internal int Days => LastDay - FirstDay + 1;

    /// <summary>Whether the log begins within its first day: hours are missing that others have.</summary>
    internal bool IsFirstCut => Days > 2 && Share(0, _firstLocal.TimeOfDay.TotalHours) > 1 - Whole;

    internal bool IsLastCut => Days > 2 && Share(_lastLocal.TimeOfDay.TotalHours, Hours) > 1 - Whole;

    /// <summary>The first and the last day that the log has whole.</summary>
    internal (int First, int Last) WholeDays => (FirstDay + (IsFirstCut ? 1 : 0), LastDay - (IsLastCut ? 1 : 0));

    internal void Add(DateTimeOffset at, DateTime local, long calls)
    {
        Calls = checked(Calls + calls);
        _byHour[local.Hour] += calls;
        if (at < First)
        {
            (First, _firstLocal) = (at, local);
        }

        if (at > Last)
        {
            (Last, _lastLocal) = (at, local);
        }
    }

    /// <summary>The part of a usual day's calls that falls between two hours.</summary>
    private double Share(double from, double until)
    {
        double sum = 0;
        for (int hour = 0; hour < Hours; hour++)
        {
            sum += _byHour[hour] * Math.Clamp(Math.Min(until, hour + 1) - Math.Max(from, hour), 0, 1);
        }

        return sum / _byHour.Sum();
    }
}
