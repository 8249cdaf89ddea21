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
        return OfHour("paid by token", "provisioned", hourly, inputPerMillion * tokensPerMinute * 60 / 1_000_000);
    }

    /// <summary>How busy your own machines must be to cost less than an API.</summary>
    /// <param name="hourly">What the machines cost an hour, busy or idle.</param>
    /// <param name="fullyBusyHourly">What the API would charge for what they do in an hour of full load.</param>
    /// <returns>The point, as a share of the hour: 1 is fully busy, above 1 it never pays.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static BreakEvenPoint FindSelfHostingLoad(decimal hourly, decimal fullyBusyHourly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fullyBusyHourly);
        return OfHour("the API", OwnMachines, hourly, fullyBusyHourly);
    }

    /// <summary>How busy a machine must be to cost less than an API, for requests of one kind.</summary>
    /// <param name="node">The machine; its own <see cref="ServingNode.Utilization"/> plays no part, because it is what is asked
    /// for.</param>
    /// <param name="estimator">The prices of the API.</param>
    /// <param name="model">The model at the API.</param>
    /// <param name="request">What a request consumes; only the mix of its tokens matters.</param>
    /// <param name="context">What else decides the price.</param>
    /// <returns>The point, as a share of the hour: above 1 it never pays.</returns>
    /// <exception cref="ArgumentException">The request has no tokens, or the two are paid in different currencies.</exception>
    /// <exception cref="UnpricedException">Something is not priced.</exception>
    public static BreakEvenPoint FindSelfHostingLoad(
        ServingNode node,
        ICostEstimator estimator,
        string model,
        TokenUsage request,
        CallContext context = default)
    {
        (decimal perRequest, Rational atFullLoad) = AtFullLoad(node, estimator, model, request, context);
        return FindSelfHostingLoad(node.HourlyCost, (Rational.From(perRequest) * atFullLoad).ToDecimal(out _));
    }

    /// <summary>How many requests an hour a machine must serve to cost less than an API.</summary>
    /// <inheritdoc cref="FindSelfHostingLoad(ServingNode, ICostEstimator, string, TokenUsage, CallContext)" path="/param"/>
    /// <returns>The point, in requests an hour; its limit is what one machine serves at full load.</returns>
    /// <exception cref="ArgumentException">The request has no tokens, or the two are paid in different currencies.</exception>
    /// <exception cref="UnpricedException">Something is not priced.</exception>
    public static BreakEvenPoint FindSelfHostingRequests(
        ServingNode node,
        ICostEstimator estimator,
        string model,
        TokenUsage request,
        CallContext context = default)
    {
        (decimal perRequest, Rational atFullLoad) = AtFullLoad(node, estimator, model, request, context);
        return Find(TheApi(perRequest), Own(node.HourlyCost), "requests an hour", limit: atFullLoad.ToDecimal(out _));
    }

    /// <summary>How many requests an hour your own machines must serve to cost less than an API.</summary>
    /// <param name="hourly">What the machines cost an hour, busy or idle.</param>
    /// <param name="perRequest">What the API charges for a request.</param>
    /// <returns>The point, in requests an hour.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static BreakEvenPoint FindSelfHostingRequests(decimal hourly, decimal perRequest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(perRequest);
        ArgumentOutOfRangeException.ThrowIfNegative(hourly);
        return Find(TheApi(perRequest), Own(hourly), "requests an hour");
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
        return Payback("without it", "with it", paidOnce, perRequestBefore, perRequestAfter);
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
        ArgumentOutOfRangeException.ThrowIfNegative(perBatch);
        ArgumentOutOfRangeException.ThrowIfNegative(perRequest);
        return Payback("standard", "batch", perBatch, perRequest, perRequest * batchMultiplier);
    }

    private const string OwnMachines = "own machines";

    /// <summary>What a request costs at the API, and how many of them keep the machine busy for an hour.</summary>
    private static (decimal PerRequest, Rational AtFullLoad) AtFullLoad(
        ServingNode node,
        ICostEstimator estimator,
        string model,
        TokenUsage request,
        CallContext context)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(model);
        Rational seconds = node.BusySeconds(in request);
        if (seconds.Numerator.IsZero)
        {
            throw new ArgumentException("A request without tokens keeps no machine busy. Give the tokens of a request.", nameof(request));
        }

        Money price = estimator.Estimate(model, request, context).GetRequiredTotal();
        return price.Currency == node.Currency
            ? (price.Amount, Rational.From(3_600) / seconds)
            : throw new ArgumentException(
                $"The machine is paid in {node.Currency} and '{model}' in {price.Currency}. Give the hourly cost in {price.Currency}.",
                nameof(node));
    }

    private static LinearCost TheApi(decimal perUnit) => new() { Name = "the API", PerUnit = perUnit };

    private static LinearCost Own(decimal hourly) => new() { Name = OwnMachines, Fixed = hourly };

    private static BreakEvenPoint OfHour(string first, string second, decimal hourly, decimal fullyBusyHourly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hourly);
        return Find(
            new() { Name = first, PerUnit = fullyBusyHourly },
            new() { Name = second, Fixed = hourly },
            "share of the hour",
            BreakEvenKind.Share);
    }

    private static BreakEvenPoint Payback(string first, string second, decimal once, decimal before, decimal after) =>
        Find(new() { Name = first, PerUnit = before }, new() { Name = second, Fixed = once, PerUnit = after }, "requests");
}
