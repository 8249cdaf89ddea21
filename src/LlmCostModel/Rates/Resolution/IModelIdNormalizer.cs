namespace LlmCostModel;

/// <summary>Knows how providers write model ids. Asked only when an id is in no rate card as it stands.</summary>
/// <remarks>
/// Implementations must be deterministic, thread-safe and must not guess: every candidate must mean the same model at the same price as the
/// id it came from.
/// Register them as services; the first candidate that a rate card knows is used, and the resolution says so.
/// </remarks>
public interface IModelIdNormalizer
{
    /// <summary>Gets whether an id that leads to nothing may lead to a model at another instant. Where no normalizer says so, failures are
    /// remembered
    /// as well.</summary>
    /// <value><see langword="true"/> unless overridden.</value>
    bool DependsOnTime => true;

    /// <summary>Lists what an id may stand for, the best first.</summary>
    /// <param name="modelId">The id, not empty.</param>
    /// <param name="provider">The provider that the call names; <see langword="null"/> for none.</param>
    /// <param name="at">The instant of the call, for aliases whose target changes.</param>
    /// <returns>The candidates; empty when no rule fits.</returns>
    IEnumerable<ModelIdCandidate> Normalize(string modelId, string? provider, DateTimeOffset at);

    /// <summary>Tells which model the id in a response is, where the API of the response makes it another than the id alone
    /// would.</summary>
    /// <param name="modelId">The id as the response states it, not empty.</param>
    /// <param name="api">The API of the response.</param>
    /// <returns>The id that the call is priced by, when a rate card has it; <see langword="null"/> for nearly all ids, which mean the same
    /// in any response.</returns>
    string? ReadInResponse(string modelId, ApiFormat api) => null;

    /// <summary>Explains why an id stands for no price, where its form shows that: a deployment's own name, a router that chooses the
    /// model.</summary>
    /// <param name="modelId">An id that was not found, not empty.</param>
    /// <param name="provider">The provider that the call names; <see langword="null"/> for none.</param>
    /// <returns>One or two sentences, the cause and what to do; <see langword="null"/> when nothing special is known of the id.</returns>
    string? Explain(string modelId, string? provider) => null;
}
