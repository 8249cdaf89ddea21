namespace LlmCostModel.Catalog;

/// <summary>One documented way in which a provider, a gateway or a client writes ids.</summary>
internal abstract class IdForm
{
    /// <summary>Gets what the form is, for the resolution.</summary>
    internal required string Description { get; init; }

    /// <summary>Gets the provider that such an id names: a call that names another one is a contradiction, to which the form has no answer.
    /// <see langword="null"/> when it names none.</summary>
    internal string? Provider { get; init; }

    /// <summary>Gets the provider that makes the model: it is meant when neither the call nor the id names one.</summary>
    internal string? Maker { get; init; }

    internal bool NamesAnotherProviderThan(string provider, string modelId) =>
        Provider is not null && !Provider.Equals(provider, StringComparison.OrdinalIgnoreCase) && IsFormOf(modelId);

    /// <summary>What the id stands for; <see langword="null"/> when it has not this form.</summary>
    internal ModelIdCandidate? Apply(ModelIdCandidate candidate) =>
        Provider is not null && candidate.Provider is not null && candidate.Provider != Provider ? null
            : Read(candidate) is { } read
                ? read with
                {
                    Provider = candidate.Provider ?? Provider ?? Maker,
                    Steps = [.. candidate.Steps, $"{Description}: '{candidate.ModelId}' is '{read.ModelId}'"],
                }
            : null;

    /// <summary>What the form says of the id itself.</summary>
    protected abstract ModelIdCandidate? Read(ModelIdCandidate candidate);

    protected abstract bool IsFormOf(string modelId);
}
