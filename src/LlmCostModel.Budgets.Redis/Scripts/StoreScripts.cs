using System.Globalization;

namespace LlmCostModel.Budgets.Redis.Scripts;

/// <summary>The five steps of a store.</summary>
internal sealed class StoreScripts
{
    /// <param name="options">What the store remembers, and for how long.</param>
    /// <param name="givenTime">Whether the time is given, for tests, and not the server's.</param>
    internal StoreScripts(RedisBudgetStoreOptions options, bool givenTime)
    {
        long retention = Milliseconds(options.Retention), keep = Milliseconds(options.WindowRetention);
        string settings = string.Create(
            CultureInfo.InvariantCulture, $"local RETENTION, KEEP, ENTRIES = {retention}, {keep}, {options.MaxEntries}");
        Reserve = Script.Of("Reserve", settings, givenTime);
        Settle = Script.Of("Settle", settings, givenTime);
        Release = Script.Of("Release", settings, givenTime);
        Extend = Script.Of("Extend", settings, givenTime);
        Read = Script.Of("Read", settings, givenTime);
        CallKnownBeyondHold = retention + keep;
    }

    internal Script Reserve { get; }

    internal Script Settle { get; }

    internal Script Release { get; }

    internal Script Extend { get; }

    internal Script Read { get; }

    /// <summary>Gets how long a call that did not end is known after its hold, in milliseconds.</summary>
    internal long CallKnownBeyondHold { get; }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
