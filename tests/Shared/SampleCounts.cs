using System.Collections.Concurrent;
using System.Globalization;

namespace LlmCostModel.TestData;

/// <summary>Counts what random cases reach: a sample that returns early checks nothing, and says nothing of it.</summary>
internal sealed class SampleCounts
{
    private readonly ConcurrentDictionary<string, int> _reached = new(StringComparer.Ordinal);
    private int _cases;

    /// <summary>Counts a case and, once each, what it reached.</summary>
    internal void Add(params IEnumerable<string> reached)
    {
        Interlocked.Increment(ref _cases);
        foreach (string what in reached.Distinct(StringComparer.Ordinal))
        {
            _reached.AddOrUpdate(what, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Counts a case by what holds for it.</summary>
    internal void Add(params ReadOnlySpan<(string What, bool Holds)> reached)
    {
        List<string> held = [];
        foreach ((string what, bool holds) in reached)
        {
            if (holds)
            {
                held.Add(what);
            }
        }

        Add(held);
    }

    /// <summary>Fails when something was reached by fewer cases than it should be.</summary>
    /// <param name="percent">At least so many of 100 cases.</param>
    internal void AssertReached(params ReadOnlySpan<(string What, int Percent)> percent)
    {
        foreach ((string what, int least) in percent)
        {
            int count = _reached.GetValueOrDefault(what);
            bool suffices = SampleSize.IsLimited || (count > 0 && 100L * count >= (long)least * _cases);
            Xunit.Assert.True(suffices, $"Only {count} of {_cases} cases reached '{what}', not {least}%.\n{this}");
        }
    }

    public override string ToString() => string.Join(
        '\n',
        _reached.OrderByDescending(pair => pair.Value)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{100.0 * pair.Value / _cases,6:0.0}% {pair.Key}"))
            .Prepend($"{_cases} cases"));
}
