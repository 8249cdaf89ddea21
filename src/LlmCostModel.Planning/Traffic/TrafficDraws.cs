namespace LlmCostModel.Planning;

/// <summary>The chance of one conversation: the same for the same seed and number, whatever other conversations do.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</remarks>
internal sealed class TrafficDraws
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;

    private ulong _state;

    internal TrafficDraws(int seed, long number)
    {
        unchecked
        {
            _state = Mix(Mix((ulong)(uint)seed + Step) ^ ((ulong)number * Step));
        }
    }

    /// <summary>A number from 0 to 1, both excluded.</summary>
    internal double NextShare()
    {
        unchecked
        {
            _state += Step;
            return ((Mix(_state) >> 11) + 0.5) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>The distance to the next of events that come once a unit on average.</summary>
    internal double NextGap() => -Math.Log(NextShare());

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
