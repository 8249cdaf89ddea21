namespace LlmCostModel.Planning;

/// <summary>The days of a line that say how much traffic it has: from its first day on, whole days only.</summary>
internal sealed class LineSeries
{
    /// <summary>The fewest calls that would have to be missing, and days without one, to say that a line began or ended.</summary>
    private const double MissingCalls = 10;
    private const int MissingDays = 4;

    /// <summary>Days beyond these say little of next month.</summary>
    private const int MostDays = 730;

    private LineSeries(int first, int last) => (First, Last) = (first, last);

    /// <summary>The number of the first day.</summary>
    internal int First { get; }

    internal int Last { get; }

    internal int Days => Last - First + 1;

    /// <summary>Whether the log began before the line did.</summary>
    internal bool HasBegun { get; private init; }

    /// <summary>Whether the line has had no calls for long when the log ends.</summary>
    internal bool HasStopped { get; private init; }

    /// <summary>Finds the days of a line.</summary>
    /// <param name="sums">Its sums.</param>
    /// <param name="first">The first day that the log has whole.</param>
    /// <param name="last">The last one.</param>
    internal static LineSeries Of(LineSums sums, int first, int last)
    {
        first = Math.Max(first, last - MostDays + 1);
        int[] days = [.. sums.Days.Keys.Where(day => day >= first && day <= last)];
        if (days.Length == 0)
        {
            return new(first, last) { HasStopped = sums.Days.Keys.Last() < first, HasBegun = sums.Days.Keys.First() > last };
        }

        int longest = 0;
        for (int i = 1; i < days.Length; i++)
        {
            longest = Math.Max(longest, days[i] - days[i - 1] - 1);
        }

        double rate = days.Sum(day => (double)sums.Days[day].Calls) / (days[^1] - days[0] + 1);
        bool IsMissing(int gap) => gap >= MissingDays && gap > (2 * longest) + 1 && gap * rate >= MissingCalls;
        bool begun = IsMissing(days[0] - first);
        return new(begun ? days[0] : first, last) { HasBegun = begun, HasStopped = IsMissing(last - days[^1]) };
    }

    /// <summary>The amounts of the days; not a number on days without any record.</summary>
    internal double[] GetAmounts(LineSums sums, HashSet<int> silent, Func<DaySums, double> amount)
    {
        double[] amounts = new double[Days];
        for (int i = 0; i < amounts.Length; i++)
        {
            amounts[i] = sums.Days.TryGetValue(First + i, out DaySums? day) ? amount(day) : silent.Contains(First + i) ? double.NaN : 0;
        }

        return amounts;
    }

    internal LineSeries Until(int last) => new(First, last) { HasBegun = HasBegun };
}
