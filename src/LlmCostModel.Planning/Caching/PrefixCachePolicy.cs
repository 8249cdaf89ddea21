namespace LlmCostModel.Planning;

/// <summary>A cache that finds the longest prefix any earlier request had in common, in whole blocks.</summary>
/// <remarks>The rule of OpenAI up to GPT-5.5, xAI, Mistral and of serving engines such as vLLM, whose memory is a number of blocks.</remarks>
public sealed record PrefixCachePolicy : CachePolicy
{
    /// <summary>Gets the step to which a hit is rounded down, in tokens: 128 at OpenAI, 16 at vLLM.</summary>
    /// <value>Default 1: hits are exact.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Granularity
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Granularity), value, "A step must have at least 1 token. Use 1 where hits are not rounded.");
    } = 1;

    /// <summary>Gets how many segments (blocks, in a trace) fit; the least recently used go first, the end of a prompt before its start.</summary>
    /// <value>Default <see langword="null"/>: no limit, as at a provider.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long? CapacityBlocks
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CapacityBlocks), value, "A cache must hold at least 1 block. Use null for a cache without limit.");
    }
}
