using System.Globalization;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>What commands say of the store, and what its answers said: the epoch; in tests, which turn the clock, the time.</summary>
/// <param name="connection">The number of the connection that answers.</param>
/// <param name="clock">The clock of tests; <see langword="null"/> for the server's.</param>
internal sealed class StoreSettings(Func<long> connection, TimeProvider? clock)
{
    private volatile string _epoch = "0";

    /// <summary>Gets the epoch of the last answer; before the first one that of no store.</summary>
    internal string Epoch => _epoch;

    /// <summary>Gets what is at the end of the form of a command.</summary>
    internal string Time =>
        clock is null ? "" : string.Create(CultureInfo.InvariantCulture, $"@{clock.GetUtcNow().ToUnixTimeMilliseconds()}");

    internal StoreStamp Stamp(ReadOnlySpan<char> epoch, long sequence, long now)
    {
        if (!epoch.SequenceEqual(_epoch))
        {
            _epoch = epoch.ToString();
        }

        return StoreStamp.Create(ReplyText.Number(epoch), sequence, now, connection());
    }
}
