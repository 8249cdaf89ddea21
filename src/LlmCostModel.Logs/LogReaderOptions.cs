namespace LlmCostModel.Logs;

/// <summary>What is known of logs beforehand, and the formats to look for.</summary>
public sealed class LogReaderOptions
{
    /// <summary>Gets the formats to look for, in this order: those of the library, to which others may be added. What none of them knows
    /// is read as a provider's response.</summary>
    public IList<LogFormat> Formats { get; } = [.. LogFormats.All];

    /// <summary>Gets or sets the API whose responses the records are.</summary>
    /// <value><see cref="ApiFormat.Detect"/> by default: what they are is found out.</value>
    public ApiFormat Api { get; set; }

    /// <summary>Gets or sets the model of responses that do not name theirs.</summary>
    /// <value><see langword="null"/> by default: it is not known.</value>
    public string? Model { get; set; }

    /// <summary>Gets or sets what is known of every call; what a record states wins.</summary>
    /// <value>Nothing by default.</value>
    public CallContext Asked { get; set; }

    /// <summary>Gets or sets whether the text of every record is kept; that of one that cannot be read always is.</summary>
    /// <value><see langword="true"/> by default. Without it <see cref="LogRecord.Text"/> is empty, and a log is read faster.</value>
    public bool KeepText { get; set; } = true;

    /// <summary>Gets which column of a table (CSV), or member of a flat JSON object, is which field of a usage record: by field, such as
    /// <c>input</c> to <c>prompt_tokens</c>, <c>at</c> to <c>created</c>, <c>tags.team</c> to <c>department</c>.</summary>
    /// <remarks>The fields are those of usage records, the counts by their own names. <c>totalInput</c> is an input that holds what was
    /// read from a cache and written to one, <c>totalOutput</c> an output that holds the reasoning, <c>cost</c> what the log says it cost,
    /// in US dollars. Without a map, columns that are called as usage records or providers call them are found.</remarks>
    public IDictionary<string, string> Map { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
