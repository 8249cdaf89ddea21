using System.Globalization;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Commands;

/// <summary>What an account spent in the window that is running, from the fields of its sums, see <c>Books.lua</c>.</summary>
internal sealed class WindowSums
{
    private const string Endless = "st";
    private static readonly RedisValue NameField = "n";
    private readonly long _oldest = long.MinValue;

    /// <param name="period">The period that was asked for.</param>
    /// <param name="window">Its window that is running.</param>
    internal WindowSums(AccountPeriod period, AccountPeriod window)
    {
        if (window.Buckets > 0)
        {
            _oldest = window.Start - ((window.End - window.Start) * window.Buckets);
            return;
        }

        string settled = period.End == long.MaxValue ? Endless : string.Create(CultureInfo.InvariantCulture, $"s{window.Start}");
        Fields = [settled, NameField];
    }

    /// <summary>Gets the fields to read; <see langword="null"/> for all of them: a rolling window has many.</summary>
    internal RedisValue[]? Fields { get; }

    /// <summary>The name of an account whose key does not say it.</summary>
    internal static string? NameIn(HashEntry[] fields)
    {
        foreach (HashEntry field in fields)
        {
            if (field.Name == NameField)
            {
                return field.Value;
            }
        }

        return null;
    }

    /// <exception cref="RedisServerException">A sum is not a number.</exception>
    internal Int128 Spent(HashEntry[] fields)
    {
        Int128 spent = 0;
        foreach (HashEntry field in fields)
        {
            string name = field.Name.ToString();
            if (name[0] == 's' && !field.Value.IsNull && (Fields is not null || (name != Endless && Number(name.AsSpan(1)) >= _oldest)))
            {
                spent += Number(field.Value.ToString());
            }
        }

        return spent;
    }

    private static long Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new RedisServerException("LCM-CORRUPT sum"); // as the scripts say it
}
