using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Puts what a handler read of a call in the place of what its client says of it.</summary>
internal static class WireAnswers
{
    private static readonly ConditionalWeakTable<CallCost, CallCost[]> Others = [];

    /// <summary>The call as it was sent.</summary>
    internal static CallStart As(this in CallStart call, HttpAnswer answer) => call with
    {
        At = answer.At ?? call.At,
        RequestedModel = answer.RequestedModel ?? call.RequestedModel,
        Sent = new SentRequest(answer.Asked.Or(call.Asked), answer.Address.Provider is null ? call.Address : answer.Address),
    };

    /// <summary>The answer as its body says it, with the names that the client gives where the body has none.</summary>
    internal static ReadAnswer As(this in ReadAnswer said, HttpAnswer answer)
    {
        UsageReading reading = said.Reading;
        ReadAnswer read = answer.Reading;
        return (read with { IsPending = said.IsPending && answer.Reading.Usage is null })
            .NamedBy(reading.Model, reading.Identity.ResponseId);
    }

    /// <summary>Whether the client knows more than its body says: one that could not be read.</summary>
    internal static bool KnowsMore(this in ReadAnswer said, IReadOnlyList<HttpAnswer> wire) =>
        wire.Count == 0 || (wire is [{ Reading.Usage: null }] && said.Reading.Usage is not null);

    /// <summary>Notes which calls were made before one, for the same response.</summary>
    internal static void Join(CallCost cost, CallCost[] others) => Others.AddOrUpdate(cost, others);

    /// <summary>The calls that were made before one, for the same response.</summary>
    internal static CallCost[] Before(CallCost cost) => Others.TryGetValue(cost, out CallCost[]? others) ? others : [];
}
