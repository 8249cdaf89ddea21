namespace LlmCostModel;

/// <summary>What a body states in another place than its own usage.</summary>
/// <param name="raw">What is stated there.</param>
internal sealed class StatedPart(RawUsage raw)
{
    private readonly RawUsage _raw = raw;

    internal ref readonly RawUsage Raw => ref _raw;

    internal bool HasCounts => ApiDetector.Family(in _raw) != 0 || _raw.Own is not null;
}
