using System.Diagnostics;
using System.Numerics;

namespace LlmCostModel;

/// <summary>Some of the rules of a version, by their index in it. <see langword="default"/> is none of them.</summary>
/// <remarks>
/// One bit a rule of a 64-bit number: which rules apply is worked out for every call, so a set must cost nothing to make, to compare and to
/// hash.
/// This is why a version has at most <see cref="PriceVersion.MaxRules"/> rules; real ones have a handful.
/// </remarks>
internal readonly record struct RuleSet
{
    private readonly ulong _bits;

    private RuleSet(ulong bits) => _bits = bits;

    internal bool IsEmpty => _bits == 0;

    internal int Count => BitOperations.PopCount(_bits);

    /// <summary>The set as a number, for looking it up in an array: the sets of the first n rules are 0 to 2^n - 1.</summary>
    internal ulong Number => _bits;

    public static RuleSet operator |(RuleSet left, RuleSet right) => new(left._bits | right._bits);

    public static RuleSet operator &(RuleSet left, RuleSet right) => new(left._bits & right._bits);

    /// <summary>How many sets the first rules can make.</summary>
    internal static int CountSubsets(int rules) => 1 << rules;

    internal bool Contains(int index) => (_bits & BitOf(index)) != 0;

    internal RuleSet With(int index) => new(_bits | BitOf(index));

    internal RuleSet Without(int index) => new(_bits & ~BitOf(index));

    internal RuleSet Without(RuleSet others) => new(_bits & ~others._bits);

    /// <summary>Visits the indices in ascending order, which is the order of application.</summary>
    public Enumerator GetEnumerator() => new(_bits);

    private static ulong BitOf(int index)
    {
        Debug.Assert(index is >= 0 and < PriceVersion.MaxRules, "Validation allows no more rules than a set has bits.");
        return 1ul << index;
    }

    internal struct Enumerator(ulong rest)
    {
        private ulong _rest = rest;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest == 0)
            {
                return false;
            }

            Current = BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }
    }
}
