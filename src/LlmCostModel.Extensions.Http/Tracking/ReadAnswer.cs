namespace LlmCostModel;

/// <summary>What an answer says of its cost.</summary>
/// <remarks>Of fields, because a reading is several hundred bytes and a property hands out a copy.</remarks>
internal struct ReadAnswer(
    UsageReading reading, ClientAdapterOptions? lossy = null, bool isPending = false, string? note = null)
{
    /// <summary>What it says.</summary>
    internal UsageReading Reading = reading;

    /// <summary>The row of a client whose counts leave something out; <see langword="null"/> when they are whole.</summary>
    internal ClientAdapterOptions? Lossy = lossy;

    /// <summary>Whether the answer is not there yet: the call goes on in the background.</summary>
    internal bool IsPending = isPending;

    /// <summary>How it was read, where the client leaves that open; <see langword="null"/> where it does not.</summary>
    internal string? Note = note;

    public static implicit operator ReadAnswer(UsageReading reading) => new(reading);

    /// <summary>The answer with the model and the id that the client gives, where the response itself states none.</summary>
    internal readonly ReadAnswer NamedBy(string? model, string? responseId = null) =>
        this with { Reading = Reading.NamedBy(model, responseId) };
}
