namespace LlmCostModel;

/// <summary>Whether a condition holds, as far as the call says.</summary>
internal enum ConditionResult
{
    Fails,
    Holds,
    Unknown,
}
