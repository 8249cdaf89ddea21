namespace LlmCostModel.Planning;

/// <summary>How unevenly what comes together comes: the calls of a session on a day are one event, and few large events make days differ
/// more than many small ones. Events are thrown together at random in a fixed number of groups; the squares of what the groups have more
/// than their mean then add up to those of the events, in expectation, however many they are.</summary>
internal sealed class EventSums
{
    private const int Groups = 256;

    private readonly double[] _calls = new double[Groups];
    private readonly double[] _amounts = new double[Groups];

    internal void Add(ulong cluster, int day, double calls, double amount)
    {
        ulong hash = unchecked((cluster ^ ((ulong)day * 0x9E3779B97F4A7C15UL)) * 0xD6E8FEB86659FD93UL);
        int group = (int)(hash >> 56);
        _calls[group] += calls;
        _amounts[group] += amount;
    }

    /// <summary>The mean size of the event that a call is in: 1 where every call is one.</summary>
    internal double UnitOfCalls => UnitOf(_calls);

    /// <summary>The same of what calls cost: the squares of the events over their sum.</summary>
    internal double UnitOfAmounts => UnitOf(_amounts);

    private static double UnitOf(double[] groups)
    {
        double sum = groups.Sum(), mean = sum / Groups;
        return sum == 0 ? 0 : groups.Sum(group => (group - mean) * (group - mean)) * Groups / (Groups - 1) / sum;
    }
}
