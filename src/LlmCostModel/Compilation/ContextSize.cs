namespace LlmCostModel;

/// <summary>The token sums that context-size conditions count.</summary>
internal readonly struct ContextSize
{
    private readonly long _totalInput;
    private readonly long _freshInput;
    private readonly long _output;

    internal ContextSize(in TokenUsage usage)
    {
        _freshInput = usage.FreshInput;
        _totalInput = checked(_freshInput + usage.TotalCacheRead + usage.TotalCacheWrite);
        _output = usage.TotalOutput;
    }

    internal long this[TokenBasis basis] => basis switch
    {
        TokenBasis.TotalInput => _totalInput,
        TokenBasis.FreshInput => _freshInput,
        _ => _output,
    };
}
