using System.Diagnostics;

namespace LlmCostModel;

/// <summary>What has to be kept from before a call: ambient values are others when a stream ends.</summary>
internal readonly struct CallStart
{
    internal required string Operation { get; init; }

    internal required DateTimeOffset At { get; init; }

    internal string? RequestedModel { get; init; }

    /// <summary>How it was sent, by its request; <see langword="null"/> while only its client is known.</summary>
    internal SentRequest? Sent { get; init; }

    /// <summary>What is said of this call alone; it wins over the options.</summary>
    internal CallContext Asked => Sent?.Asked ?? Scope?.Context ?? default;

    /// <summary>Where the call went; <see langword="null"/> when the client's own address says so.</summary>
    internal KnownAddress? Address => Sent?.Address;

    /// <summary>Whether the answer may be fetched later, or again, by its id.</summary>
    internal bool MayBeFetched { get; init; }

    /// <summary>Whether the caller had given up before the call began.</summary>
    internal bool WasCancelled { get; init; }

    internal CostScope? Scope { get; init; }

    /// <summary>When it began, in the order of the beginnings and ends of scopes.</summary>
    internal long BegunAt { get; init; }

    internal Activity? Activity { get; init; }
}

/// <summary>What a request says of its call, over what its scope says.</summary>
internal sealed record SentRequest(CallContext Asked, KnownAddress? Address);

/// <summary>Who a client says it talks to, and how it tells of a request that the provider turned down, which is not billed.</summary>
internal sealed record ClientIdentity(string? Protocol, Uri? Address, string? DefaultModel, Predicate<Exception> IsRefusal)
{
    /// <summary>The type of the client itself.</summary>
    internal Type? Type { get; init; }
}
