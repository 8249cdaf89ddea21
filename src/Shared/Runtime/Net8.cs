#if !NET10_0_OR_GREATER
namespace LlmCostModel;

/// <summary>What .NET 10 has and .NET 8 lacks, under the same names.</summary>
internal static class Net8
{
    extension(Convert)
    {
        internal static string ToHexStringLower(byte[] bytes) =>
            string.Create(bytes.Length * 2, bytes, (text, bytes) => Convert.ToHexString(bytes).AsSpan().ToLowerInvariant(text));
    }

    internal static bool Contains(this ReadOnlySpan<string> values, string value, StringComparer comparer)
    {
        foreach (string one in values)
        {
            if (comparer.Equals(one, value))
            {
                return true;
            }
        }

        return false;
    }

    internal static IEnumerable<(int Index, T Item)> Index<T>(this IEnumerable<T> values) => values.Select((item, index) => (index, item));
}
#endif
