#pragma warning disable MEAI001 // Read only, and copied: whoever sets these has accepted that they may change.
using System.Globalization;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Puts the statements of usage in a stream together: as documented they add up, but some clients repeat a total that
/// grows.</summary>
/// <remarks>Where no row says which it is, statements that each have all of the input again and no count less than the one before are
/// totals: parts of one answer do not repeat its input. Where the input grew as well, they may be those of several answers.</remarks>
internal struct StreamedCounts
{
    private UsageDetails? _sum;
    private UsageDetails? _most;
    private string? _responseId;
    private int _count;
    private bool _grows;
    private bool _isOneAnswer;
    private bool? _areTotals;

    /// <summary>The last statement; <see langword="null"/> when there was none.</summary>
    internal UsageDetails? Last { get; private set; }

    /// <summary>The usage of the stream; <see langword="null"/> when it stated none.</summary>
    internal readonly UsageDetails? Total =>
        _count <= 1 ? _sum
        : _areTotals == true ? _most
        : _areTotals is null && _grows ? Last
        : _sum;

    /// <summary>The answer with how its counts were put together, where nothing but their growth says it. It is not known whether it is a
    /// total that grew where the input grew, too: then the last one is a lower bound.</summary>
    internal readonly ReadAnswer Explain(in ReadAnswer answer) =>
        answer.Reading is not { Origin: UsageOrigin.Adapter, Usage: not null } || !IsGuessed ? answer
        : _isOneAnswer ? answer with { Note = Note }
        : answer.Reading.Status == UsageStatus.Complete
            ? answer.Saying(answer.Reading with { Status = UsageStatus.Partial, Reason = Doubt })
        : answer;

    private readonly string Note => string.Create(
        CultureInfo.InvariantCulture,
        $"The stream states usage {_count} times, each time all of the input and no count less than before: the last one is the total.");

    private readonly string Doubt => string.Create(
        CultureInfo.InvariantCulture,
        $"The stream states usage {_count} times, and no count is less than before: a total that grows, or several answers of "
            + $"{_sum!.InputTokenCount} input and {_sum.OutputTokenCount ?? 0} output tokens in all. The last one is counted. Say it "
            + $"with {nameof(ClientAdapterOptions.StreamsRunningTotals)} in CostTrackingOptions.Adapters.");

    private readonly bool IsGuessed => _count > 1 && _areTotals is null && _grows;

    /// <summary>Takes one more statement.</summary>
    /// <param name="more">What is stated.</param>
    /// <param name="responseId">The answer that it is of.</param>
    /// <param name="row">What is known of the client.</param>
    internal void Add(UsageDetails more, string? responseId, ClientAdapterOptions row)
    {
        _count++;
        if (Last is not { } before)
        {
            (_responseId, _grows, _isOneAnswer) = (responseId, true, true);
            (_sum = new UsageDetails()).Add(more);
        }
        else
        {
            _areTotals = row.StreamsRunningTotals;
            _grows = _grows && before.InputTokenCount > 0 && IsWithin(before, more);
            _isOneAnswer = _isOneAnswer && responseId == _responseId && before.InputTokenCount == more.InputTokenCount;
            if (_areTotals == true)
            {
                TakeMost(_most ??= Copy(_sum!), more);
            }

            _sum!.Add(more);
        }

        Last = more;
    }

    private static bool IsWithin(UsageDetails before, UsageDetails more)
    {
        bool isWithin = IsWithin(before.InputTokenCount, more.InputTokenCount)
            && IsWithin(before.OutputTokenCount, more.OutputTokenCount)
            && IsWithin(before.TotalTokenCount, more.TotalTokenCount)
            && IsWithin(before.CachedInputTokenCount, more.CachedInputTokenCount)
            && IsWithin(before.ReasoningTokenCount, more.ReasoningTokenCount);
        foreach ((string name, long count) in before.AdditionalCounts ?? [])
        {
            isWithin = isWithin && IsWithin(count, more.AdditionalCounts?.TryGetValue(name, out long now) == true ? now : null);
        }

        return isWithin;
    }

    private static bool IsWithin(long? before, long? more) => (before ?? 0) <= (more ?? 0);

    private static UsageDetails Copy(UsageDetails usage)
    {
        UsageDetails copy = new();
        copy.Add(usage);
        return copy;
    }

    private static void TakeMost(UsageDetails most, UsageDetails more)
    {
        most.InputTokenCount = Max(most.InputTokenCount, more.InputTokenCount);
        most.OutputTokenCount = Max(most.OutputTokenCount, more.OutputTokenCount);
        most.TotalTokenCount = Max(most.TotalTokenCount, more.TotalTokenCount);
        most.CachedInputTokenCount = Max(most.CachedInputTokenCount, more.CachedInputTokenCount);
        most.ReasoningTokenCount = Max(most.ReasoningTokenCount, more.ReasoningTokenCount);
        most.InputAudioTokenCount = Max(most.InputAudioTokenCount, more.InputAudioTokenCount);
        most.InputTextTokenCount = Max(most.InputTextTokenCount, more.InputTextTokenCount);
        most.OutputAudioTokenCount = Max(most.OutputAudioTokenCount, more.OutputAudioTokenCount);
        most.OutputTextTokenCount = Max(most.OutputTextTokenCount, more.OutputTextTokenCount);
        foreach ((string name, long count) in more.AdditionalCounts ?? [])
        {
            AdditionalPropertiesDictionary<long> counts = most.AdditionalCounts ??= [];
            counts[name] = counts.TryGetValue(name, out long known) ? Math.Max(known, count) : count;
        }
    }

    private static long? Max(long? first, long? second) => first is null || second > first ? second : first;
}
