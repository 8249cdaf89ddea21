using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>What a format reads out of a record: a call, or why there is none.</summary>
/// <remarks>Nothing about it can be changed.</remarks>
public sealed class LogEntry
{
    private LogEntry()
    {
    }

    private LogEntry(LogEntry other)
    {
        (Call, Fault, IsOfLog, Tags) = (other.Call, other.Fault, other.IsOfLog, other.Tags);
        (Hints, Record, HasOwnModel, Created, Key) = (other.Hints, other.Record, other.HasOwnModel, other.Created, other.Key);
        Line = other.Line;
    }

    /// <summary>Gets the call; <see langword="null"/> when it cannot be read.</summary>
    public ModelCall? Call { get; private init; }

    /// <summary>Gets why it cannot be read; <see langword="null"/> when it can.</summary>
    public string? Fault { get; private init; }

    /// <summary>Gets whose call it is, by name; empty when the record does not say.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; private init; } = EquatableTexts.None;

    /// <summary>Gets whether the fault is of the log and not of a record of it, so that it is said once for all of them.</summary>
    public bool IsOfLog { get; private init; }

    /// <summary>What was probably meant by names that nobody knows, in sentences.</summary>
    internal IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The record that tells of it, where that is another one than the one being read.</summary>
    internal JsonElement? Record { get; private init; }

    /// <summary>The line of the log on which that record begins, where it was read before.</summary>
    internal long? Line { get; init; }

    /// <summary>Whether a model that the call does not name stays unknown, whatever model is said of the log.</summary>
    internal bool HasOwnModel { get; init; }

    /// <summary>When the provider made the response, as it states it; null when it does not.</summary>
    internal string? Created { get; init; }

    /// <summary>By what the format knows the call again, beside the ids of its identity; null when it does not.</summary>
    internal string? Key { get; private init; }

    /// <summary>Makes an entry of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="tags">Whose call it is, by name; <see langword="null"/> when the record does not say.</param>
    /// <returns>The entry.</returns>
    public static LogEntry Of(ModelCall call, IEnumerable<KeyValuePair<string, string>>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new() { Call = call, Tags = EquatableTexts.Of(tags) };
    }

    /// <summary>Makes an entry of what cannot be read.</summary>
    /// <param name="fault">Why not, in a sentence.</param>
    /// <returns>The entry.</returns>
    public static LogEntry Unreadable(string fault)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fault);
        return new() { Fault = fault };
    }

    /// <summary>Makes an entry of a log that holds no usage: a report of costs, a list of prices. It is said once, however many records of
    /// the log say it.</summary>
    /// <param name="fault">What the log is, and what to do, in a sentence.</param>
    /// <returns>The entry.</returns>
    public static LogEntry WithoutUsage(string fault)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fault);
        return new() { Fault = fault, IsOfLog = true };
    }

    /// <summary>Makes an entry of a call of the library's own formats.</summary>
    internal static LogEntry Of(
        ModelCall call,
        IEnumerable<KeyValuePair<string, string>>? tags,
        IReadOnlyList<string>? hints = null,
        JsonElement? record = null,
        string? created = null,
        bool hasOwnModel = false) => new()
        {
            Call = call,
            Tags = EquatableTexts.Of(tags),
            Hints = hints ?? [],
            Record = record,
            Created = created,
            HasOwnModel = hasOwnModel,
        };

    /// <summary>The same entry, of a record inside of the one being read.</summary>
    internal LogEntry In(JsonElement record, long? line = null) => new(this) { Record = record, Line = line };

    /// <summary>The same entry, of a line that was read before.</summary>
    internal LogEntry At(long line) => new(this) { Line = line };

    /// <summary>The same entry, known by a key of its format.</summary>
    internal LogEntry KnownBy(string? key) => new(this) { Key = key };

    /// <summary>The same entry, with another fault.</summary>
    internal LogEntry Saying(string fault) => new(this) { Fault = fault };

    /// <summary>The same entry, with another call.</summary>
    internal LogEntry With(ModelCall call) => new(this) { Call = call };

    /// <summary>The same entry, with a hint.</summary>
    internal LogEntry With(string hint) => new(this) { Hints = [.. Hints, hint] };

    /// <summary>Reads the body of a response; what is wrong with it becomes the fault.</summary>
    internal static LogEntry OfBody(Func<ModelCall> read, JsonElement? record = null, bool hasOwnModel = false)
    {
        try
        {
            return Of(read(), tags: null, record: record, hasOwnModel: hasOwnModel);
        }
        catch (UsageFormatException exception)
        {
            return new() { Fault = exception.Message, Record = record };
        }
    }
}
