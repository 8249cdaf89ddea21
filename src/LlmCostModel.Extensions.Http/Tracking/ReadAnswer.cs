namespace LlmCostModel;

/// <summary>What an answer says of its cost: the call that will be priced, as far as it is known where the answer is read.</summary>
/// <param name="call">The call. One that is made with its <see cref="CallHead"/> is priced as it is; any other gets it later.</param>
/// <param name="lossy">The row of a client whose counts leave something out; <see langword="null"/> when they are whole.</param>
internal readonly struct ReadAnswer(ModelCall call, ClientAdapterOptions? lossy = null)
{
    internal ModelCall Call => call;

    /// <summary>What it says.</summary>
    internal UsageReading Reading => call.Reading;

    internal ClientAdapterOptions? Lossy => lossy;

    /// <summary>Whether the answer is not there yet: the call goes on in the background.</summary>
    internal bool IsPending { get; init; }

    /// <summary>How it was read, where the client leaves that open; <see langword="null"/> where it does not.</summary>
    internal string? Note { get; init; }

    public static implicit operator ReadAnswer(UsageReading reading) => new(new ModelCall { Reading = reading });

    /// <summary>The answer with something else said.</summary>
    internal ReadAnswer Saying(in UsageReading reading) =>
        new(call with { Reading = reading }, lossy) { IsPending = IsPending, Note = Note };

    /// <summary>The answer with the model and the id that the client gives, where the response itself states none.</summary>
    internal ReadAnswer NamedBy(string? model, string? responseId = null)
    {
        UsageReading reading = Reading;
        return (reading.Model is not null || model is null) && (reading.Identity.ResponseId is not null || responseId is null)
            ? this
            : Saying(reading.NamedBy(model, responseId));
    }
}
