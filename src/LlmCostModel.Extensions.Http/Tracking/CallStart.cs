using System.Diagnostics;

namespace LlmCostModel;

/// <summary>What has to be kept from before a call: ambient values are others when a stream ends.</summary>
internal readonly struct CallStart
{
    internal required string Operation { get; init; }

    internal required DateTimeOffset At { get; init; }

    internal string? RequestedModel { get; init; }

    /// <summary>What the caller says of this call alone; it wins over the options.</summary>
    internal CallContext Asked { get; init; }

    /// <summary>Whether the answer may be fetched later, or again, by its id.</summary>
    internal bool MayBeFetched { get; init; }

    /// <summary>Whether the caller had given up before the call began.</summary>
    internal bool WasCancelled { get; init; }

    /// <summary>Where the call went; <see langword="null"/> when the client's own address says so.</summary>
    internal KnownAddress? Address { get; init; }

    internal CostScope? Scope { get; init; }

    /// <summary>When it began, in the order of the beginnings and ends of scopes.</summary>
    internal long BegunAt { get; init; }

    internal Activity? Activity { get; init; }
}

/// <summary>Who a client says it talks to, and how it tells of a request that the provider turned down, which is not billed.</summary>
internal sealed record ClientIdentity(string? Protocol, Uri? Address, string? DefaultModel, Predicate<Exception> IsRefusal)
{
    /// <summary>The type of the client itself.</summary>
    internal Type? Type { get; init; }
}
