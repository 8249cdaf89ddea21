namespace LlmCostModel.Logs;

/// <summary>A format of logs: what its records look like, and which calls they tell of.</summary>
/// <remarks>Derive from it for logs of your own, and give it to <see cref="LogReaderOptions.Formats"/>. A format is one for all logs; what
/// the reading of one log keeps is in the reader that it opens.</remarks>
public abstract class LogFormat
{
    /// <summary>Gets the name by which the format is chosen and shown, such as <c>codex</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Gets what its logs are, as it stands in a sentence, such as <c>sessions of Codex</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Names of members of which every record of the format has one; none when that cannot be said, and every record is to be
    /// looked at.</summary>
    internal virtual IReadOnlyList<string> Marks => [];

    /// <summary>Begins to read a log.</summary>
    /// <returns>The reader of that log alone.</returns>
    public abstract LogFormatReader Open();

    /// <summary>Begins to read a log that is said to be of this format.</summary>
    internal virtual LogFormatReader OpenChosen() => Open();
}
