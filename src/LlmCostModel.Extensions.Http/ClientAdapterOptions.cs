namespace LlmCostModel;

/// <summary>How one client library states usage, where it does so by counts of its own: add one to <see
/// cref="CostTrackingOptions.Adapters"/> for a client that the library does not know, or knows in another version.</summary>
/// <remarks>
/// Microsoft.Extensions.AI documents that <c>InputTokenCount</c> contains cached tokens and <c>OutputTokenCount</c> reasoning; many clients
/// pass their provider's counts on as they are. A total that the client states decides in any case. Rows are read while calls
/// are made: do not change one that is in use.
/// </remarks>
public sealed class ClientAdapterOptions
{
    /// <summary>Gets or sets whom the row is for: how the full name of the client's type or of its raw responses begins
    /// (<c>Acme.Llm.</c>), or the provider name that the client gives (<c>acme</c>).</summary>
    public required string Client { get; set; }

    /// <summary>Gets or sets whether cached tokens stand beside the input; <see langword="false"/> when they are part of it, <see
    /// langword="null"/> when the names of the counts and the total say it.</summary>
    public bool? CacheIsApart { get; set; }

    /// <summary>Gets or sets whether reasoning stands beside the output; <see langword="false"/> when it is part of it, <see
    /// langword="null"/> when the total says it.</summary>
    public bool? ReasoningIsApart { get; set; }

    /// <summary>Gets or sets whether tokens that are only in the total are reasoning, as Gemini's are. Otherwise they make the usage a
    /// lower bound.</summary>
    public bool HidesReasoning { get; set; }

    /// <summary>Gets or sets whether every usage of a stream repeats what the ones before said; <see langword="false"/> when they add up,
    /// <see langword="null"/> when their counts say it: a total that grows has all of the input each time.</summary>
    public bool? StreamsRunningTotals { get; set; }

    /// <summary>Gets or sets whether the client leaves out how much of the input was read from a cache. The cost of a model that charges
    /// less for that is then a lower bound.</summary>
    public bool OmitsCachedTokens { get; set; }

    /// <summary>Gets or sets whether the client leaves out how much of the input was written to a cache. The cost of a model that charges
    /// more for that is then a lower bound.</summary>
    public bool OmitsCacheWrites { get; set; }

    /// <summary>Gets or sets whether the client leaves out which tokens were audio, images or video. The cost of a model that has other
    /// prices for these is then a bound.</summary>
    public bool OmitsModalities { get; set; }

    /// <summary>Gets or sets whether the client leaves out the tier that served. The cost of a model that has other prices for flex or
    /// priority is then a bound, unless <see cref="CostTrackingOptions.Context"/> names the tier.</summary>
    public bool OmitsTier { get; set; }

    /// <summary>Gets or sets what else the client's counts leave out, in words that end "leaves out ...": it becomes a note of the price;
    /// <see langword="null"/> when nothing is.</summary>
    public string? Omits { get; set; }

    /// <summary>Gets the buckets of the names under <c>AdditionalCounts</c>, besides the common ones.</summary>
    public IDictionary<string, TokenBucket> Counts { get; } =
        new Dictionary<string, TokenBucket>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the names under <c>AdditionalCounts</c> that need no price, because other counts contain them.</summary>
    public ISet<string> Ignored { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the API whose bodies the client leaves in <c>RawRepresentation</c>; by default that is found out from
    /// each.</summary>
    public ApiFormat Api { get; set; }

    /// <summary>Gets or sets what makes the provider's JSON of an object that the client leaves in <c>RawRepresentation</c>, or gives <see
    /// langword="null"/>; such a body knows more than counts.</summary>
    public Func<object, ReadOnlyMemory<byte>?>? GetBody { get; set; }

    /// <summary>The provider names and the model prefixes that lead to the row besides <see cref="Client"/>.</summary>
    internal IReadOnlyList<string> AlsoNamed { get; init; } = [];

    /// <summary>How ids of models begin whose provider documents <see cref="HidesReasoning"/>, whatever the client.</summary>
    internal string? Models { get; init; }

    /// <summary>Whether the objects of the client write themselves as the provider's JSON when they are serialized.</summary>
    internal bool IsSerializable { get; init; }

    /// <summary>Whether the objects of the client print the provider's JSON.</summary>
    internal bool Prints { get; init; }

    /// <summary>What also the client's own objects leave out; <see langword="null"/> for nothing. Where that is cached tokens, and a body
    /// states them all the same, the gaps of these gaps count.</summary>
    internal ClientAdapterOptions? GapsOfBody { get; init; }

    /// <summary>The property that holds the object of another library which the client wraps.</summary>
    internal string? Wraps { get; init; }
}
