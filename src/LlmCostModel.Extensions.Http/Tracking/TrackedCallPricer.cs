namespace LlmCostModel;

/// <summary>Prices tracked calls at the place where they go. A call that was made is not broken by its price.</summary>
internal sealed class TrackedCallPricer
{
    private readonly ICostEstimator _estimator;
    private readonly CallContext _said; // by the options
    private readonly CallContext _context; // and by the client's address
    private readonly KnownAddress _address;

    /// <param name="estimator">Has the prices.</param>
    /// <param name="said">What the options say of every call.</param>
    /// <param name="address">Where the client sends its calls.</param>
    internal TrackedCallPricer(ICostEstimator estimator, in CallContext said, KnownAddress address) =>
        (_estimator, _said, _address, _context) = (estimator, said, address, address.Complete(in said));

    /// <summary>What options and address say of every call.</summary>
    internal CallContext Context => _context;

    /// <summary>Prices a call at the place where it went, and says what the place leaves open.</summary>
    internal PricedCall Price(in CallStart start, in ReadAnswer answer)
    {
        PricedCall priced = Price(answer.Call.At is null ? HeadOf(in start).Complete(answer.Call) : answer.Call);
        KnownAddress address = start.Address ?? _address;
        if (priced.Status == CostStatus.Unpriced && address.OtherProvider is { } other && SaidOf(in start) is { Provider: null } said)
        {
            PricedCall there = Price(priced.Call with { Asked = (address with { Provider = other }).Complete(in said) });
            priced = there.Status == CostStatus.Unpriced ? priced : there;
        }

        priced = answer.Lossy is { } row ? LossyCounts.Bound(priced, row, Price) : priced;
        priced = answer.Note is { } read ? priced with { Notes = [.. priced.Notes, read] } : priced;
        return address.Note is { } note && SaidOf(in start).Provider is null
            ? priced with { Notes = [.. priced.Notes, note] }
            : priced;
    }

    /// <summary>What is known of a call before its answer is read.</summary>
    internal CallHead HeadOf(in CallStart start) => new()
    {
        At = start.At,
        RequestedModel = start.RequestedModel,
        Asked = start is { Sent: null, Scope: null } ? _context // Nearly all calls say no more than their client does.
            : (start.Address ?? _address).Complete(SaidOf(in start)),
    };

    /// <summary>What caller and options say, without the address.</summary>
    private CallContext SaidOf(in CallStart start) => start.Asked.Or(in _said);

    /// <summary>Refuses a model that has no price.</summary>
    /// <param name="model">What is asked for.</param>
    /// <param name="asked">What the call itself asks for.</param>
    /// <exception cref="UnpricedException">It has none, or none is named.</exception>
    internal void RequirePrice(string? model, in CallContext asked)
    {
        CallContext context = asked.Or(in _context);
        if (model is null)
        {
            throw new UnpricedException(
                "Neither the request nor the client names a model, so the call cannot be priced. Set ChatOptions.ModelId.");
        }

        // The name of a deployment says nothing of the model that will answer, by which the call will be priced.
        if (context.Provider is { } provider && provider.StartsWith("azure", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        TokenUsage nothing = default;
        CostEstimate estimate = _estimator.Estimate(model, in nothing, in context);
        if (estimate.Status == CostStatus.Unpriced)
        {
            throw new UnpricedException(estimate.Issues);
        }
    }

    private PricedCall Price(ModelCall call)
    {
        try
        {
            return _estimator.Price(call);
        }
        catch (UnpricedException exception) when (exception.Call is { } priced)
        {
            // A strict estimator throws; the call is made all the same, so it is reported like any other without a price.
            return priced;
        }
        catch (Exception exception) when (exception is OverflowException or InvalidOperationException)
        {
            UsageReading reading = call.Reading;
            return new PricedCall
            {
                Call = call,
                Context = call.Context,
                Parts =
                [
                    new PricedPart
                    {
                        Role = CallRole.Main,
                        Model = reading.Model ?? call.RequestedModel,
                        Usage = reading.Usage,
                        Meters = reading.Meters,
                        Estimate = default,
                    },
                ],
                Status = CostStatus.Unpriced,
                Totals = [],
                Issues = exception is UnpricedException { Issues.Count: > 0 } unpriced
                    ? [.. unpriced.Issues]
                    :
                    [
                        new()
                        {
                            Kind = CostIssueKind.AmountTooLarge,
                            Subject = reading.Model ?? call.RequestedModel ?? "",
                            Message = exception.Message,
                        },
                    ],
            };
        }
    }
}
