namespace LlmCostModel.Logs;

/// <summary>What a line of a session tells.</summary>
/// <param name="Body">The body of a call; <see langword="null"/> when it tells of none.</param>
/// <param name="At">When it was made.</param>
/// <param name="Doubt">Why its counts may be wrong; <see langword="null"/> when nothing says so.</param>
internal readonly record struct SessionLine(byte[]? Body, DateTimeOffset? At, string? Doubt)
{
    /// <summary>The call that it tells of, or none.</summary>
    internal IEnumerable<LogEntry> ToEntries()
    {
        SessionLine line = this;
        return line.Body is null ? [] : [LogEntry.OfBody(line.Read)];
    }

    private ModelCall Read()
    {
        ModelCall call = ModelCall.FromResponse(Body) with { At = At };
        return Doubt is { } doubt
            ? call with { Reading = call.Reading with { Status = UsageStatus.Partial, Reason = doubt } }
            : call;
    }
}
