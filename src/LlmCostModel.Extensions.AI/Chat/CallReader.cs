#pragma warning disable MEAI001 // Read only: whoever sets these has accepted that they may change.
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Reads chat responses, and says where they may be sums or replays.</summary>
internal sealed class CallReader(ResponseReader responses, bool isOutsideToolLoop, bool isOutsideCache)
{
    private const string SeveralCalls =
        "The usage is a sum over the calls of a tool loop, which have their own prices. Call UseCostTracking after UseFunctionInvocation.";

    private const string Replay = "This may be a replay from the cache inside, which costs nothing, or a call. Call "
        + "UseCostTracking after UseDistributedCache.";

    private const string Pending = "The response is not ready: the call goes on in the background, and costs when it ends.";

    private const string NoOutput = "The response does not state its output tokens.";

    internal bool IsOutsideToolLoop => isOutsideToolLoop;

    internal bool IsOutsideCache => isOutsideCache;

    internal ResponseReader Responses => responses;

    /// <param name="response">The response.</param>
    /// <param name="head">What is known of the call.</param>
    internal ReadAnswer Read(ChatResponse response, in CallHead head)
    {
        bool hasToolResults = isOutsideToolLoop && response.Messages.Any(message => message.Role == ChatRole.Tool);
        return Unreadable(hasToolResults, response.RawRepresentation is not null) is { } reason ? Unknown(response, reason)
            : response is { ContinuationToken: not null } or { Usage: { OutputTokenCount: null, TotalTokenCount: null } }
                ? ReadUnfinished(response, in head)
                : ReadWhole(response, in head);
    }

    private ReadAnswer ReadWhole(ChatResponse response, in CallHead head) =>
        responses.Read(response.RawRepresentation, response.Usage, in head, response.ModelId, response.ResponseId);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadAnswer ReadUnfinished(ChatResponse response, in CallHead head)
    {
        ReadAnswer answer = ReadWhole(response, in head);
        bool isPending = response.ContinuationToken is not null;
        return isPending && answer.Reading.Usage is null ? answer.Saying(answer.Reading with { Reason = Pending }) with { IsPending = true }
            : !isPending && answer.Reading is { Origin: UsageOrigin.Adapter, Status: UsageStatus.Complete, Usage.TotalOutput: 0 }
                ? answer.Saying(answer.Reading with { Status = UsageStatus.Partial, Reason = NoOutput })
                : answer;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadAnswer Unknown(ChatResponse response, string reason) =>
        UsageDetailsReader.Unknown(reason).NamedBy(response.ModelId, response.ResponseId);

    /// <summary>Why a response is not a call of its own; <see langword="null"/> when it is one.</summary>
    internal string? Unreadable(bool hasToolResults, bool hasRaw) =>
        isOutsideToolLoop && hasToolResults ? SeveralCalls
        : isOutsideCache && !hasRaw ? Replay
        : null;
}
