using System.Collections.Immutable;
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
    private readonly bool _needsBreakpoints;
    private DateTimeOffset _latest = DateTimeOffset.MinValue;
    private bool _isInBlocks;
    private bool _hasBreakpoints;
    private Int128 _storage;
    private UInt128[] _prefixes = new UInt128[64];
    private long[] _ends = new long[64];

    /// <summary>Makes a simulator with an empty cache.</summary>
    /// <param name="policy">How the cache stores and finds prompts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">Its storage is billed, but its entries never expire, or it makes them of its own.</exception>
    public CacheSimulator(CachePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy is EntryCachePolicy { BillsStorage: true } stored && (stored.TimeToLive is null || stored.DetectCommonPrefix))
        {
            throw new ArgumentException(
                "A cache whose storage is billed needs a time to live, and entries of the caller's own making. Set TimeToLive, and leave "
                    + "DetectCommonPrefix out.", nameof(policy));
        }

        _policy = policy;
        _needsBreakpoints = policy is EntryCachePolicy { AutomaticBreakpoint: false };
        _cache = policy switch
        {
            PrefixCachePolicy prefix => new PrefixCache(prefix, _store),
            EntryCachePolicy entry => new EntryCache(entry, _store),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Gets what the results take for granted, in sentences: what the policy assumes, and what the requests so far leave
    /// open.</summary>
    public ImmutableArray<string> Assumptions => [.. CacheWords.Of(_policy, _isInBlocks, (decimal)_storage / TimeSpan.TicksPerSecond)];

    /// <summary>How many entries are live; with <see cref="EntryCachePolicy.DetectCommonPrefix"/>, including the segments that are only
    /// remembered.</summary>
    internal int LiveEntries => _store.Count;

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request; it must not start before the one sent last.</param>
    /// <returns>What it consumes. Input, cache reads and cache writes add up to the prompt.</returns>
    /// <exception cref="ArgumentException">The request starts before the one sent last, or cannot be answered: its <see
    /// cref="PromptRequest.WholeBlocks"/> are more than its segments, or the policy caches only where the caller sets a breakpoint, and
    /// no block of it has one.</exception>
    /// <exception cref="OverflowException">The prompt has more than <see cref="long.MaxValue"/> tokens.</exception>
    public TokenUsage Send(PromptRequest request) => Send(request, out _);

    /// <summary>Sends a request, and tells what it consumes besides tokens.</summary>
    /// <param name="request">The request; it must not start before the one sent last.</param>
    /// <param name="meters">Where the policy <see cref="EntryCachePolicy.BillsStorage">bills storage</see>, the <see
    /// cref="MeterNames.CacheStorageTokenSecond"/> that are paid for because of this request: the whole life of entries that it writes,
    /// and the time by which it prolongs that of others. Otherwise <see cref="MeteredQuantities.Empty"/>.</param>
    /// <inheritdoc cref="Send(PromptRequest)"/>
    public TokenUsage Send(PromptRequest request, out MeteredQuantities meters)
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
        _hasBreakpoints = _hasBreakpoints || (_needsBreakpoints && prompt.HasBreakpoint());
        MeasuredPrompt measured = new(prompt, _prefixes.AsSpan(0, prompt.Length), _ends.AsSpan(0, prompt.Length));
        if (request.WholeBlocks is { } whole && _policy is EntryCachePolicy entries)
        {
            CheckBlocks(request, whole, entries);
            _isInBlocks = true;
            measured = measured.UpTo(whole);
        }

        CacheUse use = _cache.Send(now, measured);
        Debug.Assert(use.Read >= 0 && use.Written >= 0 && use.Read + use.Written <= tokens, "Reads and writes are parts of the prompt.");
        _storage += use.Storage;
        meters = use.Storage == 0 ? MeteredQuantities.Empty
            : MeteredQuantities.Empty.With(MeterNames.CacheStorageTokenSecond, (decimal)use.Storage / TimeSpan.TicksPerSecond);
        TokenUsage usage = UsageOf(request, use.Read, tokens);
        return _policy.WriteBucket is { } bucket ? usage.Move(use.Written, TokenBucket.Input, bucket) : usage;
    }

    /// <summary>A trace of blocks has no breakpoints of a caller's; a policy that needs them would read nothing, which is wrong and not
    /// an answer.</summary>
    private static void CheckBlocks(PromptRequest request, int whole, EntryCachePolicy policy)
    {
        if (whole > request.Prompt.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A request of {request.Prompt.Length} segments cannot have {whole} whole blocks."),
                nameof(request));
        }

        if (!policy.AutomaticBreakpoint && !request.Prompt.AsSpan().HasBreakpoint())
        {
            throw new ArgumentException(Breakpoints.Missing(policy), nameof(request));
        }
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

    /// <summary>Makes sure that the requests so far could be answered: a policy that caches only where the caller sets a breakpoint tells
    /// nothing about requests that have none.</summary>
    /// <exception cref="InvalidOperationException">The policy needs breakpoints, and no request had one.</exception>
    public void EnsureBreakpoints()
    {
        if (_needsBreakpoints && !_hasBreakpoints)
        {
            throw new InvalidOperationException(Breakpoints.Missing(_policy));
        }
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

    /// <summary>What a request consumes of which so many tokens are read.</summary>
    /// <exception cref="OverflowException">The prompt has more than <see cref="long.MaxValue"/> tokens.</exception>
    internal static TokenUsage UsageOf(PromptRequest request, long read) =>
        UsageOf(request, read, request.Prompt.Sum(segment => segment.Tokens));

    private static TokenUsage UsageOf(PromptRequest request, long read, long tokens) => new()
    {
        Input = tokens - read,
        CacheRead = read,
        Output = request.OutputTokens,
        Reasoning = request.ReasoningTokens,
    };
}
