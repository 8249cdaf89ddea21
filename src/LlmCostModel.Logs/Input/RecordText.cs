namespace LlmCostModel.Logs;

/// <summary>The text of one record of a log.</summary>
/// <param name="Text">The text; its start when it is too long.</param>
/// <param name="Fault">Why it cannot be read; <see langword="null"/> when it can.</param>
internal readonly record struct RecordText(string Text, string? Fault = null);
