namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>Reads <c>path/id</c> as the id, with what the test says of the candidate; explains ids that begin with <c>odd</c>.</summary>
internal sealed class PathNormalizer : IModelIdNormalizer
{
    public Func<ModelIdCandidate, ModelIdCandidate> Form { get; init; } = candidate => candidate;

    public bool DependsOnTime { get; init; }

    public int Calls { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    public IEnumerable<ModelIdCandidate> Normalize(string modelId, string? provider, DateTimeOffset at)
    {
        Calls++;
        LastAt = at;
        return modelId.StartsWith("path/", StringComparison.Ordinal)
            ? [Form(new ModelIdCandidate { ModelId = modelId[5..], Steps = ["path taken off"] })]
            : [];
    }

    public string? Explain(string modelId, string? provider) =>
        modelId.StartsWith("odd", StringComparison.Ordinal) || modelId.StartsWith("path/odd", StringComparison.Ordinal)
            ? "It is odd." : string.IsNullOrWhiteSpace(modelId) ? "It is blank." : null;
}
