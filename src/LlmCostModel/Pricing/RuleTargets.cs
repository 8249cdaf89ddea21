using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The buckets and meters that a rule's <c>On</c> names.</summary>
internal sealed class RuleTargets
{
    internal static readonly uint InputBuckets = TokenBuckets.MaskOf(TokenBuckets.Inputs);

    internal static readonly uint OutputBuckets = TokenBuckets.MaskOf(TokenBuckets.Outputs);

    internal static readonly uint AllBuckets = InputBuckets | OutputBuckets;

    /// <summary>What stands for several buckets or meters.</summary>
    internal static readonly string[] Groups = ["Tokens", "InputTokens", "OutputTokens", "Units"];

    private readonly bool _allUnits;
    private readonly HashSet<string> _meters = new(StringComparer.OrdinalIgnoreCase);

    internal RuleTargets(ImmutableArray<string> names)
    {
        _allUnits = names.IsEmpty;
        Buckets = names.IsEmpty ? AllBuckets : 0;
        foreach (string name in names)
        {
            if (TryGroup(name, out uint group))
            {
                Buckets |= group;
            }
            else if (name.Equals("Units", StringComparison.OrdinalIgnoreCase))
            {
                _allUnits = true;
            }
            else
            {
                _meters.Add(name);
            }
        }
    }

    /// <summary>One bit per token bucket.</summary>
    internal uint Buckets { get; }

    /// <summary>The names that are neither buckets nor groups.</summary>
    internal IReadOnlyCollection<string> Meters => _meters;

    /// <summary>Whether every meter is meant.</summary>
    internal bool HasAllUnits => _allUnits;

    /// <summary>Whether a name stands for several buckets or meters.</summary>
    internal static bool IsGroup(string name) => Groups.Contains(name, StringComparer.OrdinalIgnoreCase);

    internal bool HasUnits => _allUnits || _meters.Count > 0;

    internal bool Includes(TokenBucket bucket) => (Buckets & (1u << (int)bucket)) != 0;

    internal bool Includes(string meter) => _allUnits || _meters.Contains(meter);

    private static bool TryGroup(string name, out uint group)
    {
        group = name.ToUpperInvariant() switch
        {
            "TOKENS" => AllBuckets,
            "INPUTTOKENS" => InputBuckets,
            "OUTPUTTOKENS" => OutputBuckets,
            _ => TokenBuckets.TryParse(name, out TokenBucket bucket) ? 1u << (int)bucket : 0,
        };
        return group != 0;
    }
}
