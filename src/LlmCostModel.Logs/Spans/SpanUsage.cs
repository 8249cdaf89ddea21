namespace LlmCostModel.Logs;

/// <summary>Inclusive counts, as spans have them. A count below 0 is one that is not a whole number.</summary>
internal readonly record struct SpanUsage(long Input, long Output, long Read, long Written, long Reasoning, long Searches)
{
    public bool IsEmpty => this == default;

    public bool IsFaulty => Input < 0 || Output < 0 || Read < 0 || Written < 0 || Reasoning < 0 || Searches < 0;

    public static SpanUsage operator +(SpanUsage left, SpanUsage right) => new(
        checked(left.Input + right.Input), checked(left.Output + right.Output), checked(left.Read + right.Read),
        checked(left.Written + right.Written), checked(left.Reasoning + right.Reasoning), checked(left.Searches + right.Searches));

    public static SpanUsage operator -(SpanUsage left, SpanUsage right) => new(
        Math.Max(0, left.Input - right.Input), Math.Max(0, left.Output - right.Output), Math.Max(0, left.Read - right.Read),
        Math.Max(0, left.Written - right.Written), Math.Max(0, left.Reasoning - right.Reasoning),
        Math.Max(0, left.Searches - right.Searches));
}
