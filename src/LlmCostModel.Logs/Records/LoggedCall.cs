namespace LlmCostModel.Logs;

/// <summary>A call as a gateway, tracer or report tells of it.</summary>
internal sealed record LoggedCall
{
    /// <summary>What is said where no count is stated.</summary>
    internal const string Silent = "The log does not state what the call consumed.";

    /// <summary>What is said where no number holds the counts.</summary>
    internal static readonly string TooMany = $"The counts add up to more than {long.MaxValue} tokens.";

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>The model or deployment that was asked for.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>What it consumed; <see langword="null"/> when that is not stated.</summary>
    public TokenUsage? Usage { get; init; }

    public MeteredQuantities? Meters { get; init; }

    /// <summary>What of the counts is not known, in sentences.</summary>
    public List<string> Doubts { get; init; } = [];

    /// <summary>Why nothing was billed; <see langword="null"/> when something was.</summary>
    public string? Unbilled { get; init; }

    /// <summary>Of how many calls it is the sum; <see langword="null"/> when that is not known.</summary>
    public long? Calls { get; init; } = 1;

    public DateTimeOffset? At { get; init; }

    public CallContext Served { get; init; }

    /// <summary>Who billed it; <see langword="null"/> when the log does not say.</summary>
    public string? Provider { get; init; }

    public CallIdentity Identity { get; init; }

    public ReportedCost? Reported { get; init; }

    /// <summary>By what the log knows the call again; <see langword="null"/> when only its identity says that.</summary>
    public string? Key { get; init; }

    public UsageOrigin Origin { get; init; } = UsageOrigin.Adapter;

    /// <summary>Whose call it is; names without a value are left out.</summary>
    public IEnumerable<(string Name, string? Value)> Tags { get; init; } = [];

    /// <summary>Reads an entry; what is wrong with it becomes the fault.</summary>
    public static LogEntry? Read(Func<LogEntry?> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return LogEntry.Unreadable(FaultText.Of(exception));
        }
        catch (OverflowException)
        {
            return LogEntry.Unreadable(TooMany);
        }
    }

    /// <summary>What a gateway or provider says it cost; <see langword="null"/> when it does not say.</summary>
    public static ReportedCost? CostOf(decimal? amount, string? currency = null) =>
        amount is { } charged ? new ReportedCost { Charged = new Money(charged, currency ?? "USD") } : null;

    /// <summary>What an agent computed; <see langword="null"/> for what a plan covers, whose cost it calls 0.</summary>
    public static ReportedCost? ComputedCostOf(decimal? amount) => amount is > 0 ? CostOf(amount) : null;

    /// <summary>The call by the counts of the log itself.</summary>
    public LogEntry ToEntry()
    {
        if (Usage is { } usage)
        {
            _ = checked(usage.TotalInput + usage.TotalOutput);
        }

        UsageReading reading = new()
        {
            Status = Usage is null && Meters is null ? UsageStatus.Unknown : UsageStatus.Complete,
            Origin = Origin,
            Model = Model,
            Usage = Usage,
            Meters = Meters ?? MeteredQuantities.Empty,
            Reason = Usage is null && Meters is null && Doubts.Count == 0 ? Silent : null,
        };
        return ToEntry(new ModelCall { Reading = reading });
    }

    /// <summary>The call by a response or usage that the log holds, with what the log says besides.</summary>
    public LogEntry ToEntry(ModelCall read)
    {
        UsageReading reading = read.Reading;
        List<string> reasons = [.. Doubts];
        if (reading.Reason is { } reason)
        {
            reasons.Insert(0, reason);
        }

        reading = reading with
        {
            Origin = Origin,
            Model = reading.Model ?? Model,
            Calls = Calls == 1 ? reading.Calls : Calls,
            Status = Unbilled is not null ? UsageStatus.NotBilled
                : Doubts.Count > 0 && reading.Status == UsageStatus.Complete ? UsageStatus.Partial
                : reading.Status,
            Reason = Unbilled ?? (reasons.Count == 0 ? null : string.Join(' ', reasons)),
            Reported = Reported ?? reading.Reported,
            Identity = Identity.Or(reading.Identity),
            Served = Served.Or(reading.Served),
        };
        ModelCall call = read with
        {
            At = At,
            RequestedModel = RequestedModel ?? read.RequestedModel,
            Asked = new CallContext { Provider = Provider }.Or(read.Asked),
            Reading = reading,
        };
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach ((string name, string? value) in Tags)
        {
            if (value is { Length: > 0 })
            {
                tags.TryAdd(name, value);
            }
        }

        return LogEntry.Of(call, tags).KnownBy(Key);
    }
}
