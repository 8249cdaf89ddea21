using System.Diagnostics;

namespace LlmCostModel.Planning;

/// <summary>Plays requests against a prompt cache and tells what each would have consumed, as the <see cref="TokenUsage"/> that a provider
/// would have reported.</summary>
/// <remarks>
/// <para>Memory follows the number of live entries. Not thread-safe: a stream of requests has one order.</para>
/// <para>A hit rate is cached tokens over prompt tokens. Rates per block or averaged over requests differ from it, by up to 20 points on
/// the same trace.</para>
/// </remarks>
public sealed class CacheSimulator
{
    private readonly CachePolicy _policy;
    private readonly IPromptCache _cache;
    private readonly CacheStore _store = new();
    private DateTimeOffset _latest = DateTimeOffset.MinValue;
    private UInt128[] _prefixes = new UInt128[64];
    private long[] _ends = new long[64];

    /// <summary>Makes a simulator with an empty cache.</summary>
    /// <param name="policy">How the cache stores and finds prompts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is <see langword="null"/>.</exception>
    public CacheSimulator(CachePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
        _cache = policy switch
        {
            PrefixCachePolicy prefix => new PrefixCache(prefix, _store),
            EntryCachePolicy entry => new EntryCache(entry, _store),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>How many entries are live; with <see cref="EntryCachePolicy.DetectCommonPrefix"/>, including the segments that are only
    /// remembered.</summary>
    internal int LiveEntries => _store.Count;

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request; it must not start before the one sent last.</param>
    /// <returns>What it consumes. Input, cache reads and cache writes add up to the prompt.</returns>
    /// <exception cref="ArgumentException">The request starts before the one sent last.</exception>
    /// <exception cref="OverflowException">The prompt has more than <see cref="long.MaxValue"/> tokens.</exception>
    public TokenUsage Send(PromptRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.At < _latest)
        {
            throw new ArgumentException(
                $"A request of {request.At:O} cannot follow one of {_latest:O}. Sort the requests by the time they start.",
                nameof(request));
        }

        _latest = request.At;
        ReadOnlySpan<PromptSegment> prompt = request.Prompt.AsSpan();
        Measure(request.Scope, prompt);
        long now = request.At.UtcTicks;
        if (_policy.TimeToLive is { } life)
        {
            _store.Expire(before: now - life.Ticks);
        }

        long tokens = prompt.IsEmpty ? 0 : _ends[prompt.Length - 1];
        (long read, long written) = _cache.Send(now, new(prompt, _prefixes.AsSpan(0, prompt.Length), _ends.AsSpan(0, prompt.Length)));
        Debug.Assert(read >= 0 && written >= 0 && read + written <= tokens, "Reads and writes are parts of the prompt.");
        TokenUsage usage = UsageOf(request, tokens, read);
        return _policy.WriteBucket is { } bucket ? usage.Move(written, TokenBucket.Input, bucket) : usage;
    }

    /// <summary>Sends requests one by one as they are enumerated.</summary>
    /// <param name="requests">The requests in the order in which they start.</param>
    /// <returns>What each consumes, in the same order; enumerating a second time would send them a second time.</returns>
    /// <exception cref="ArgumentException">While enumerating: a request starts before the one before it.</exception>
    public IEnumerable<TokenUsage> Run(IEnumerable<PromptRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return requests.Select(Send);
    }

    private void Measure(string scope, ReadOnlySpan<PromptSegment> prompt)
    {
        if (prompt.Length > _ends.Length)
        {
            Array.Resize(ref _prefixes, Math.Max(prompt.Length, _prefixes.Length * 2));
            Array.Resize(ref _ends, _prefixes.Length);
        }

        UInt128 prefix = PrefixHash.OfText(scope);
        long end = 0;
        for (int i = 0; i < prompt.Length; i++)
        {
            _prefixes[i] = prefix = PrefixHash.Extend(prefix, prompt[i].Content);
            _ends[i] = end = checked(end + prompt[i].Tokens);
        }
    }

    private static TokenUsage UsageOf(PromptRequest request, long tokens, long read) => new()
    {
        Input = tokens - read,
        CacheRead = read,
        Output = request.OutputTokens,
        Reasoning = request.ReasoningTokens,
    };
}
