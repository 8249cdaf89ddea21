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
}
