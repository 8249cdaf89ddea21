namespace LlmCostModel.Logs;

/// <summary>A log cannot be read as a whole: it is packed in a way that is broken, or one document that is too large.</summary>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class LogFormatException(string message, Exception? inner = null) : Exception(message, inner);
