using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What is to be done, without saying where: either requests as a prompt cache sees them, or calls whose usage is known.</summary>
[JsonConverter(typeof(JsonValueConverter<Workload>))]
public sealed record Workload : IJsonValue<Workload>
{
    private readonly EquatableArray<PromptRequest> _requests;
    private readonly EquatableArray<WorkloadCall> _calls;

    private Workload()
    {
    }

    /// <summary>Gets the requests; they can be simulated under any <see cref="CachePolicy"/>. Empty when only <see cref="Calls"/> are
    /// known.</summary>
    public ImmutableArray<PromptRequest> Requests { get => _requests; private init => _requests = value; }

    /// <summary>Gets the calls, whose cache reads and writes are what they are. Empty when <see cref="Requests"/> are known.</summary>
    public ImmutableArray<WorkloadCall> Calls { get => _calls; private init => _calls = value; }

    /// <summary>Gets whether every request tells when it really started, so that each can have the prices of its own instant; not so for
    /// calls, and for <see cref="PromptRequest.IsRelative">relative</see> requests.</summary>
    public bool HasInstants => !Requests.IsEmpty && Requests.All(request => !request.IsRelative);

    /// <summary>Gets how many tasks the workload is, for the cost per solved task.</summary>
    /// <value>Default: as many as requests or calls.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal Tasks
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Tasks), value, "A workload is more than 0 tasks.");
    }

    /// <summary>Makes a workload of requests.</summary>
    /// <param name="requests">The requests in the order in which they start, at least one; they are kept.</param>
    /// <returns>The workload.</returns>
    /// <exception cref="ArgumentException">There is no request.</exception>
    public static Workload Create(IEnumerable<PromptRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ImmutableArray<PromptRequest> kept = [.. requests];
        return kept.IsEmpty
            ? throw new ArgumentException("A workload has at least one request.", nameof(requests))
            : new() { Requests = kept, Tasks = kept.Length };
    }

    /// <summary>Makes a workload of calls.</summary>
    /// <param name="calls">The calls, at least one.</param>
    /// <returns>The workload.</returns>
    /// <exception cref="ArgumentException">There is no call.</exception>
    public static Workload Create(params WorkloadCall[] calls) => Create((IEnumerable<WorkloadCall>)calls);

    /// <inheritdoc cref="Create(WorkloadCall[])"/>
    public static Workload Create(IEnumerable<WorkloadCall> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ImmutableArray<WorkloadCall> kept = [.. calls];
        return kept.IsEmpty
            ? throw new ArgumentException("A workload has at least one call.", nameof(calls))
            : new() { Calls = kept, Tasks = kept.Sum(call => (decimal)call.Count) };
    }

    /// <summary>Shows sizes in the invariant culture.</summary>
    /// <returns>Such as <c>120 requests, 40 tasks</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Calls.IsEmpty ? Requests.Length : Calls.Length)} {(Calls.IsEmpty ? "requests" : "calls")}, {AmountFormat.ToText(Tasks)} tasks");

    private static readonly JsonObject<Workload> Shape = new JsonObject<Workload>(() => new() { Tasks = 1 })
        .Optional("requests", JsonOf.Array(JsonOf.Value<PromptRequest>()),
            value => value.Requests, (owner, value) => owner with { Requests = value })
        .Optional("calls", JsonOf.Array(JsonOf.Value<WorkloadCall>()),
            value => value.Calls, (owner, value) => owner with { Calls = value })
        .Required("tasks", JsonOf.Decimal, value => value.Tasks, (owner, value) => owner with { Tasks = value })
        .Finish(workload => workload.Requests.IsEmpty != workload.Calls.IsEmpty
            ? workload
            : throw new FormatException("it has requests, or calls."));

    static JsonConverter<Workload> IJsonValue<Workload>.Json => Shape;
}
