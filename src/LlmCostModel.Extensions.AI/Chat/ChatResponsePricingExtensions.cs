using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices a response that no tracked client made.</summary>
public static class ChatResponsePricingExtensions
{
    /// <summary>Works out what a response cost, or would have cost where a cache replayed it: read as <c>UseCostTracking</c> reads it, but
    /// recorded nowhere.</summary>
    /// <param name="estimator">The rates.</param>
    /// <param name="response">The response of one call. One that a tool loop made has the sum of several calls, which is not
    /// priced.</param>
    /// <param name="context">What the response does not say: provider, region, tier, and the instant where it states none; <see
    /// langword="default"/> leaves that to the rates and the clock.</param>
    /// <returns>What it cost. What is not known is in its status and issues, never a silent zero.</returns>
    /// <exception cref="UnpricedException">The options ask for strictness and something is not priced.</exception>
    /// <exception cref="OverflowException">A decimal cannot hold the exact amount.</exception>
    public static PricedCall Price(this ICostEstimator estimator, ChatResponse response, CallContext context = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(response);
        CallHead head = new() { At = response.CreatedAt, Asked = context };
        ResponseReader responses = new(new AdapterTable([], client: null, providerName: null), ApiFormat.Detect);
        ReadAnswer answer = new CallReader(responses, isOutsideToolLoop: true, isOutsideCache: false).Read(response, in head);
        PricedCall priced = estimator.Price(head.Complete(answer.Call));
        priced = answer.Lossy is { } row ? LossyCounts.Bound(priced, row, estimator.Price) : priced;
        return answer.Note is { } note ? priced with { Notes = [.. priced.Notes, note] } : priced;
    }
}
