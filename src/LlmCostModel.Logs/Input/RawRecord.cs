using System.Text;

namespace LlmCostModel.Logs;

/// <summary>The bytes of one record of a log, which hold until the next one is read.</summary>
/// <param name="Json">The bytes; their start when there are too many.</param>
/// <param name="Line">The line of the log on which they begin, from 1.</param>
/// <param name="Fault">Why they cannot be read; <see langword="null"/> when they can.</param>
internal readonly record struct RawRecord(ReadOnlyMemory<byte> Json, long Line, string? Fault = null)
{
    /// <summary>The bytes as text.</summary>
    public string Text => Encoding.UTF8.GetString(Json.Span);
}
