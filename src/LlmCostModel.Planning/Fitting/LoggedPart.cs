namespace LlmCostModel.Planning;

/// <summary>What a log says of one call of a line, or of a sum of them.</summary>
internal readonly struct LoggedPart
{
    internal readonly TokenUsage Usage;

    internal LoggedPart(in TokenUsage usage) => Usage = usage;

    internal required DateTimeOffset At { get; init; }

    /// <summary>The local day, see <see cref="DateOnly.DayNumber"/>.</summary>
    internal required int Day { get; init; }

    internal required int Hour { get; init; }

    internal required long Calls { get; init; }

    internal required MeteredQuantities Meters { get; init; }

    internal required decimal Amount { get; init; }

    internal required bool IsPartial { get; init; }

    /// <summary>A hash of the session, or of the day where none is known.</summary>
    internal required ulong Cluster { get; init; }

    internal required bool HasSession { get; init; }
}
