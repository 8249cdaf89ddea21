namespace LlmCostModel.Planning;

/// <summary>Random numbers by their place instead of their order, so that scenarios can be computed side by side.</summary>
internal static class Chance
{
    /// <summary>A number from 0 to 1, both excluded, that looks random.</summary>
    internal static double GetShare(int seed, int line, int period, int scenario, int purpose)
    {
        unchecked
        {
            ulong state = Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15UL);
            state = Mix(state ^ ((ulong)(uint)line << 40) ^ ((ulong)(uint)period << 8) ^ (uint)purpose);
            state = Mix(state + ((ulong)(uint)scenario * 0x9E3779B97F4A7C15UL));
            return ((state >> 11) + 0.5) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>A number of the standard normal distribution.</summary>
    internal static double GetNormal(int seed, int line, int period, int scenario, int purpose) =>
        Normal.GetQuantile(GetShare(seed, line, period, scenario, purpose));

    /// <summary>The last step of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
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
