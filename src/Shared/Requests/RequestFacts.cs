namespace LlmCostModel;

/// <summary>What only the request says of its cost.</summary>
internal sealed record RequestFacts
{
    internal static readonly RequestFacts None = new();

    /// <summary>The model that is asked for.</summary>
    internal string? Model { get; init; }

    /// <summary>How it asks to be served: tier, region, attributes.</summary>
    internal CallContext Asked { get; init; }

    /// <summary>How long the cache is asked to keep what is written, such as <c>1h</c>; <see langword="null"/> for the provider's
    /// default.</summary>
    internal string? TimeToLive { get; init; }

    /// <summary>Whether writes of several lifetimes are asked for.</summary>
    internal bool HasSeveralLifetimes { get; init; }

    /// <summary>Whether the answer is to be fetched later.</summary>
    internal bool IsBackground { get; init; }

    /// <summary>How long the text to speak is, in Unicode code points.</summary>
    internal long Characters { get; init; }
}
