namespace LlmCostModel.Planning;

/// <summary>Days of a log on which nothing at all was logged though the weekday is a busy one: a gap of the log, not of the traffic.</summary>
internal static class SilentDays
{
    private const int Weekdays = 7;
    private const double Busy = 20;

    internal static SortedSet<int> Find(IEnumerable<LineSums> lines, int first, int last)
    {
        Dictionary<int, double> calls = [];
        foreach ((int day, DaySums sums) in lines.SelectMany(line => line.Days))
        {
            calls[day] = calls.GetValueOrDefault(day) + sums.Calls;
        }

        SortedSet<int> silent = [];
        for (int day = first; day <= last; day++)
        {
            if (!calls.ContainsKey(day))
            {
                double[] same =
                [
                    .. Enumerable.Range(first, last - first + 1).Where(other => other % Weekdays == day % Weekdays && other != day)
                        .Select(other => calls.GetValueOrDefault(other)).Order(),
                ];
                if (same.Length > 0 && same[same.Length / 2] >= Busy)
                {
                    silent.Add(day);
                }
            }
        }

        return silent;
    }
}
