namespace LlmCostModel.Logs;

/// <summary>What is wrong with a record, without the name of a parameter that means nothing to who wrote it.</summary>
internal static class FaultText
{
    internal static string Of(Exception exception)
    {
        int end = exception.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return exception is ArgumentException && end >= 0 ? exception.Message[..end] : exception.Message;
    }
}
