using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Where an API counts something.</summary>
internal enum Inclusion
{
    /// <summary>Inside the larger count.</summary>
    Inside,

    /// <summary>Apart from the larger count.</summary>
    Apart,

    /// <summary>Inside or apart, as the stated total shows.</summary>
    ByTotal,

    /// <summary>Nowhere but in the total: what input and output leave of it.</summary>
    RestOfTotal,
}

/// <summary>What the counts of one API include; one row of the table in <see cref="ApiConventions"/>.</summary>
/// <param name="Api">The API.</param>
/// <param name="Name">Its name in text.</param>
/// <param name="Families">How its counts may be named.</param>
/// <param name="Cache">Whether cache reads and writes are inside the input count.</param>
/// <param name="Reasoning">Whether reasoning is inside the output count.</param>
internal sealed record ApiConvention(ApiFormat Api, string Name, ApiEvidence Families, Inclusion Cache, Inclusion Reasoning)
{
    /// <summary>Other names in use.</summary>
    internal ImmutableArray<string> OtherNames { get; init; } = [];

    /// <summary>Whether audio tokens are apart from the input count, and billed by the second where seconds are stated.</summary>
    internal bool AudioApart { get; init; }

    /// <summary>Whether output without details is image output.</summary>
    internal bool OutputIsImage { get; init; }

    /// <summary>Whether tokens read from a cache are billed as any other input, so that their count does not matter.</summary>
    internal bool CacheReadIsInput { get; init; }

    /// <summary>Whether images are counted as what was put in; elsewhere a list of images is output, and one of embeddings nothing that is
    /// billed.</summary>
    internal bool CountsInputImages { get; init; }

    /// <summary>Whether the stated total may leave out reasoning that is apart from the output.</summary>
    internal bool TotalMayOmitReasoning { get; init; }

    /// <summary>Whether a total that is larger than its parts holds reasoning that the provider does not count elsewhere.</summary>
    internal bool HidesReasoning { get; init; }

    /// <summary>Words in ids of models of which a library counts the cache apart and leaves it out of the total.</summary>
    internal ImmutableArray<string> ApartFor { get; init; } = [];

    /// <summary>Whether the total may leave out a cache that is apart from the input.</summary>
    internal bool TotalMayOmitCache { get; init; }

    /// <summary>Whether cache writes by time to live stand in for a count of all of them that is 0.</summary>
    internal bool SplitReplacesWrites { get; init; }

    /// <summary>The object in the usage block that repeats its counts by other names.</summary>
    internal string? Repeats { get; init; }

    /// <summary>Whether the counts by modality, text among them, add up to the input and the output.</summary>
    internal bool StatesModalities { get; init; }

    /// <summary>Whether a stated tier also says that the call was no part of a batch.</summary>
    internal bool TierStatesBatch { get; init; }

    /// <summary>Whether a refusal that came before any output is not billed, though its tokens are stated.</summary>
    internal bool EarlyRefusalIsFree { get; init; }

    /// <summary>Whether the API leaves counts of zero out.</summary>
    internal bool ZeroIsLeftOut { get; init; }

    /// <summary>Whether the answers of one stream add up, instead of the last one counting.</summary>
    internal bool StreamAddsUp { get; init; }
}
