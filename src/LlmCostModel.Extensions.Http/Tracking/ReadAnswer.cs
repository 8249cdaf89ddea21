namespace LlmCostModel;

/// <summary>What an answer says of its cost.</summary>
/// <param name="Reading">What it says.</param>
/// <param name="Lossy">The row of a client whose counts leave something out; <see langword="null"/> when they are whole.</param>
/// <param name="IsPending">Whether the answer is not there yet: the call goes on in the background.</param>
/// <param name="Note">How it was read, where the client leaves that open; <see langword="null"/> where it does not.</param>
internal readonly record struct ReadAnswer(
    UsageReading Reading, ClientAdapterOptions? Lossy = null, bool IsPending = false, string? Note = null)
{
    public static implicit operator ReadAnswer(UsageReading reading) => new(reading);

    /// <summary>The answer with the model and the id that the client gives, where the response itself states none.</summary>
    internal ReadAnswer NamedBy(string? model, string? responseId = null) => this with { Reading = Reading.NamedBy(model, responseId) };
}
