using System.Globalization;
using System.Security.Cryptography;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>What every command says of the store.</summary>
internal sealed class StoreSettings(RedisBudgetStoreOptions options, TimeProvider? clock)
{
    private long _epoch = (RandomNumberGenerator.GetInt32(1, int.MaxValue) * (1L << 31)) + RandomNumberGenerator.GetInt32(int.MaxValue);

    internal long Retention { get; } = (long)options.Retention.TotalMilliseconds;

    internal long WindowRetention { get; } = (long)options.WindowRetention.TotalMilliseconds;

    /// <summary>The epoch that the store takes if this command is its first one: another one every time, so that a store that was emptied
    /// does not get its old one back. With the time behind it in tests, which turn the clock.</summary>
    internal RedisValue NextEpoch()
    {
        long epoch = Interlocked.Increment(ref _epoch);
        return clock is null ? epoch : string.Create(CultureInfo.InvariantCulture, $"{epoch}@{clock.GetUtcNow().ToUnixTimeMilliseconds()}");
    }
}
