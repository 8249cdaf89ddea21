namespace LlmCostModel;

/// <summary>What a client knows of a response besides its usage.</summary>
internal static class UsageReadingExtensions
{
    /// <summary>The reading with the model and the id that the client gives, where the response itself states none.</summary>
    internal static UsageReading NamedBy(this UsageReading reading, string? model, string? responseId = null) => reading with
    {
        Model = reading.Model ?? model,
        Identity = reading.Identity.Or(new CallIdentity { ResponseId = responseId }),
    };
}
