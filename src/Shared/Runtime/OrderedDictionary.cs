#if !NET10_0_OR_GREATER
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel;

/// <summary>What .NET 10 has under the same name: a dictionary that keeps the order in which its keys were added.</summary>
internal sealed class OrderedDictionary<TKey, TValue>(IEqualityComparer<TKey> comparer)
    : KeyedCollection<TKey, KeyValuePair<TKey, TValue>>(comparer), IDictionary<TKey, TValue>
    where TKey : notnull
{
    ICollection<TKey> IDictionary<TKey, TValue>.Keys => [.. Items.Select(pair => pair.Key)];

    ICollection<TValue> IDictionary<TKey, TValue>.Values => [.. Items.Select(pair => pair.Value)];

    TValue IDictionary<TKey, TValue>.this[TKey key]
    {
        get => this[key].Value;
        set
        {
            KeyValuePair<TKey, TValue> pair = new(key, value);
            if (TryGetValue(key, out KeyValuePair<TKey, TValue> known))
            {
                SetItem(IndexOf(known), pair);
            }
            else
            {
                Add(pair);
            }
        }
    }

    void IDictionary<TKey, TValue>.Add(TKey key, TValue value) => Add(new(key, value));

    bool IDictionary<TKey, TValue>.ContainsKey(TKey key) => Contains(key);

    bool IDictionary<TKey, TValue>.TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool found = TryGetValue(key, out KeyValuePair<TKey, TValue> pair);
        value = pair.Value;
        return found;
    }

    protected override TKey GetKeyForItem(KeyValuePair<TKey, TValue> item) => item.Key;
}
#endif
