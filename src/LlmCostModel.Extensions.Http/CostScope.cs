namespace LlmCostModel;

/// <summary>Adds up what an operation spends, however many calls it makes and however deep in its call tree, and tags them.</summary>
/// <remarks>
/// <para>The scope flows with the asynchronous control flow from where it begins; a call is added when it completes. Scopes nest: a call
/// counts in every scope around
/// it, and inherits their tags. Costs are added, never usage, so that tiers by context size are right. Replays from a cache in front of the
/// tracking cost nothing.</para>
/// <para>Thread-safe. Memory does not grow with the number of calls.</para>
/// </remarks>
public sealed class CostScope : IDisposable
{
    private static readonly AsyncLocal<CostScope?> Ambient = new();

    private static long Instants; // beginnings and ends so far, so that they have an order

    private readonly CostScope? _outer;
    private readonly Lock _adding = new();
    private CostTotals _totals = CostTotals.None;

    private long _endedAt = long.MaxValue;
    private List<CallCost>? _calls; // of a scope that is asked for them

    private CostScope(CostScope? outer, in CallContext context, IReadOnlyDictionary<string, string> tags) =>
        (_outer, Context, Tags) = (outer, context, tags);

    /// <summary>Gets the innermost scope of the running operation that has not ended; <see langword="null"/> outside of any.</summary>
    public static CostScope? Current
    {
        get
        {
            CostScope? scope = Ambient.Value;
            while (scope is { IsOver: true })
            {
                scope = scope._outer;
            }

            return scope;
        }
    }

    /// <summary>The place of a call that begins now in the order of beginnings and ends.</summary>
    internal static long Now => Interlocked.Increment(ref Instants);

    private bool IsOver => Interlocked.Read(ref _endedAt) != long.MaxValue;

    /// <summary>Gets what the calls of this scope ask for, and those around it where it is silent: account, region, attributes. It wins
    /// over <see cref="CostTrackingOptions.Context"/>; what a response states wins over both.</summary>
    public CallContext Context { get; }

    /// <summary>Gets the tags of this scope and those around it.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>Gets what was spent so far.</summary>
    public CostTotals Totals
    {
        get
        {
            lock (_adding)
            {
                return _totals;
            }
        }
    }

    /// <summary>Begins a scope; dispose of it where the operation ends.</summary>
    /// <param name="tags">What the operation is for, such as <c>tenant</c> or <c>feature</c>; they win over tags of the same name around
    /// them. Observers get all of them;
    /// metrics only those that <see cref="CostTrackingOptions.MetricTags"/> allows.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static CostScope Begin(params (string Name, string Value)[] tags) => Begin(default, tags);

    /// <summary>Begins a scope whose calls are priced for somebody or somewhere in particular, without another client.</summary>
    /// <param name="context">What its calls ask for, such as the account that pays or the region.</param>
    /// <param name="tags">What the operation is for.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static CostScope Begin(CallContext context, params (string Name, string Value)[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        CostScope? outer = Current;
        CallContext merged = outer is null ? context : context.Or(outer.Context);
        CostScope scope = new(outer, in merged, Merge(outer?.Tags ?? EquatableTexts.None, tags));
        Ambient.Value = scope;
        return scope;
    }

    /// <summary>Begins a scope around one call of the caller's that keeps what was called in it.</summary>
    internal static CostScope BeginKeepingCalls()
    {
        CostScope scope = Begin();
        scope._calls = [];
        return scope;
    }

    /// <summary>The calls so far of a scope that keeps them.</summary>
    internal CallCost[] KeptCalls()
    {
        lock (_adding)
        {
            return [.. _calls!];
        }
    }

    /// <summary>Ends the scope, in whatever order and task: calls that begin later do not count in it, also those of tasks that it left
    /// running. A call that began before counts when it ends. <see cref="Totals"/> stay readable.</summary>
    public void Dispose()
    {
        Interlocked.CompareExchange(ref _endedAt, Now, long.MaxValue);
        Ambient.Value = Current;
    }

    /// <summary>Shows what was spent so far.</summary>
    /// <returns>Such as <c>0.0123 USD (5 calls)</c>.</returns>
    public override string ToString() => Totals.ToString();

    /// <summary>Adds a call to this scope and those around it that had not ended when it began.</summary>
    internal void Add(CallCost cost, long begunAt)
    {
        for (CostScope? scope = this; scope is not null; scope = scope._outer)
        {
            if (Interlocked.Read(ref scope._endedAt) < begunAt)
            {
                continue;
            }

            lock (scope._adding)
            {
                scope._calls?.Add(cost);
                try
                {
                    scope._totals = scope._totals.Add(cost);
                }
                catch (OverflowException)
                {
                    // A call that was made is not broken by its price: the sums stay what they were, and are a lower bound from now on.
                    scope._totals = scope._totals.Count(CostStatus.Partial);
                }
            }
        }
    }

    private static IReadOnlyDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> outer,
        ReadOnlySpan<(string Name, string Value)> tags)
    {
        if (tags.IsEmpty)
        {
            return outer;
        }

        Dictionary<string, string> merged = new(outer, StringComparer.Ordinal);
        foreach ((string name, string value) in tags)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(tags));
            merged[name] = value;
        }

        return EquatableTexts.Of(merged);
    }
}
