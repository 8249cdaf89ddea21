namespace LlmCostModel.Logs;

/// <summary>Whether two records that have an id in common tell of one call, and what they say of it together.</summary>
internal static class SameCall
{
    /// <summary>Whether they do: nothing that both say differs but counts, and one states no count less than the other.</summary>
    public static bool Is(LogRecord one, LogRecord other)
    {
        if (one.Call is not { } left || other.Call is not { } right
            || Differ(one.Created, other.Created)
            || Differ(left.Identity.ResponseId, right.Identity.ResponseId)
            || Differ(left.Identity.BatchItemId, right.Identity.BatchItemId))
        {
            return false;
        }

        // Another log may say what was asked for where the response says what answered.
        bool isOfOneModel = !Differ(left.Reading.Model, right.Reading.Model);
        if (!isOfOneModel && one.Format == other.Format)
        {
            return false;
        }

        if (left.Reading.Usage is not { } fewer || right.Reading.Usage is not { } more)
        {
            return isOfOneModel;
        }

        return isOfOneModel
            ? IsGrown(in fewer, in more) || IsGrown(in more, in fewer)
            : (fewer.TotalInput, fewer.TotalOutput) == (more.TotalInput, more.TotalOutput);
    }

    /// <summary>The record that says most, in the place of the first, with what only the other says. A call was made at the earliest time
    /// that is said of it.</summary>
    public static LogRecord Merge(LogRecord first, LogRecord later)
    {
        (LogRecord most, LogRecord less) = IsFuller(later.Call!.Reading, first.Call!.Reading) ? (later, first) : (first, later);
        (ModelCall call, ModelCall other) = (most.Call!, less.Call!);
        Dictionary<string, string> tags = new(first.Tags, StringComparer.Ordinal);
        foreach ((string name, string value) in later.Tags)
        {
            tags.TryAdd(name, value);
        }

        return most with
        {
            Number = first.Number,
            Log = first.Log,
            Line = first.Line,
            Tags = tags,
            Created = most.Created ?? less.Created,
            Call = call with
            {
                At = call.At is null || other.At < call.At ? other.At ?? call.At : call.At,
                RequestedModel = call.RequestedModel ?? other.RequestedModel,
                Asked = call.Asked.Or(other.Asked),
                Identity = call.Identity.Or(other.Identity),
                Reading = call.Reading with { Reported = call.Reading.Reported ?? other.Reading.Reported },
            },
        };
    }

    private static bool Differ(string? one, string? other) => one is not null && other is not null && one != other;

    private static bool IsGrown(in TokenUsage from, in TokenUsage to) =>
        from.TotalInput <= to.TotalInput && from.TotalOutput <= to.TotalOutput;

    /// <summary>Whether a later record says at least as much of the call: counts only grow until they are final.</summary>
    private static bool IsFuller(in UsageReading later, in UsageReading before) =>
        (Rank(in later), Size(in later)).CompareTo((Rank(in before), Size(in before))) >= 0;

    private static int Rank(in UsageReading reading) => reading.Status switch
    {
        UsageStatus.Unknown => 0,
        UsageStatus.NotBilled => 1,
        UsageStatus.Partial => 2,
        _ => 3,
    };

    private static decimal Size(in UsageReading reading) =>
        reading.Usage is { } usage ? (decimal)usage.TotalInput + usage.TotalOutput : 0;
}
