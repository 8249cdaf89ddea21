namespace LlmCostModel.Planning;

// Capacity that is paid by the hour, and work that is paid once, against paying by use.
public static partial class BreakEven
{
    /// <summary>How busy provisioned throughput (a PTU and its like) must be to cost less than paying by token.</summary>
    /// <param name="hourly">The price of the provisioned unit per hour.</param>
    /// <param name="tokensPerMinute">How many input tokens a minute the unit serves when it is fully busy.</param>
    /// <param name="inputPerMillion">The price by token, per 1,000,000 input tokens.</param>
    /// <returns>The point, as a share of the hour: 1 is fully busy, above 1 it never pays.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A price is negative, or the throughput not positive.</exception>
    public static BreakEvenPoint FindProvisionedLoad(decimal hourly, decimal tokensPerMinute, decimal inputPerMillion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputPerMillion);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokensPerMinute);
        return HourlyCapacity(hourly, inputPerMillion * tokensPerMinute * 60 / 1_000_000);
    }

    /// <summary>How busy your own machines must be to cost less than an API.</summary>
    /// <param name="hourly">What the machines cost an hour, busy or idle.</param>
    /// <param name="fullyBusyHourly">What the API would charge for what they do in an hour of full load.</param>
    /// <returns>The point, as a share of the hour: 1 is fully busy, above 1 it never pays.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static BreakEvenPoint FindSelfHostingLoad(decimal hourly, decimal fullyBusyHourly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fullyBusyHourly);
        return HourlyCapacity(hourly, fullyBusyHourly);
    }

    /// <summary>How many requests an hour your own machines must serve to cost less than an API.</summary>
    /// <param name="hourly">What the machines cost an hour, busy or idle.</param>
    /// <param name="perRequest">What the API charges for a request.</param>
    /// <returns>The point, in requests an hour.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static BreakEvenPoint FindSelfHostingRequests(decimal hourly, decimal perRequest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(perRequest);
        return HourlyCapacity(hourly, perRequest);
    }

    /// <summary>How many requests pay back work done once: fine-tuning, distillation, training.</summary>
    /// <param name="paidOnce">What the work costs.</param>
    /// <param name="perRequestBefore">What a request costs without it.</param>
    /// <param name="perRequestAfter">What a request costs with it.</param>
    /// <returns>The point, in requests.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static BreakEvenPoint FindPayback(decimal paidOnce, decimal perRequestBefore, decimal perRequestAfter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(paidOnce);
        ArgumentOutOfRangeException.ThrowIfNegative(perRequestBefore);
        ArgumentOutOfRangeException.ThrowIfNegative(perRequestAfter);
        return Find(PerUnit(perRequestBefore), new() { Fixed = paidOnce, PerUnit = perRequestAfter });
    }

    /// <summary>How many requests make a batch of its own worth what it takes to run it.</summary>
    /// <param name="perBatch">What running a batch costs beside the requests: storage, engineering, waiting; 0 if nothing.</param>
    /// <param name="perRequest">What a request costs at the standard tier.</param>
    /// <param name="batchMultiplier">What of it a batch charges: 0.5 is half.</param>
    /// <returns>The point, in requests.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public static BreakEvenPoint FindBatchRequests(decimal perBatch, decimal perRequest, decimal batchMultiplier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batchMultiplier);
        return FindPayback(perBatch, perRequest, perRequest * batchMultiplier);
    }

    private static BreakEvenPoint HourlyCapacity(decimal hourly, decimal perUnit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hourly);
        return Find(PerUnit(perUnit), new() { Fixed = hourly });
    }
}
