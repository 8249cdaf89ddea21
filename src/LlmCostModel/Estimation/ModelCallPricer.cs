using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Prices a call part by part. Costs are added, never usage: every part has the tier of its own size.</summary>
internal sealed partial class ModelCallPricer
{
    private readonly RateStore _store;
    private readonly PriceIndex _index; // one consistent set of prices for all parts
    private readonly CallContext _context;
    private readonly ImmutableArray<PricedPart>.Builder _parts = ImmutableArray.CreateBuilder<PricedPart>();
    private readonly List<CostIssue> _issues = [];
    private readonly List<string> _notes = [];
    private readonly MoneySums _totals = new();
    private readonly long? _calls; // of which the counts are the sum
    private ListPrice? _list; // of the last part
    private CompiledPricing? _main; // that of the model that answered

    private ModelCallPricer(RateStore store, in CallContext context, long? calls) =>
        (_store, _index, _context, _calls) = (store, store.Index, context, calls);

    internal static PricedCall Price(RateStore store, ModelCall call) => PricePlain(store, call) ?? PriceFully(store, call);

    /// <summary>Prices any call, by all steps.</summary>
    internal static PricedCall PriceFully(RateStore store, ModelCall call)
    {
        PricedCall priced = Price(store, call, asRequested: false);
        if (priced.Status != CostStatus.Unpriced || !PlatformId.IsNotFound(priced.Issues) || !PlatformId.IsOfSameModel(call))
        {
            return priced;
        }

        // Where the id of the request is known and has no price either, it says why.
        PricedCall requested = Price(store, call, asRequested: true);
        return requested.Status != CostStatus.Unpriced ? requested with { Notes = [.. requested.Notes, PlatformId.NoteOf(call)] }
            : PlatformId.IsNotFound(requested.Issues) ? priced
            : requested;
    }

    /// <param name="store">Has the prices.</param>
    /// <param name="call">The call.</param>
    /// <param name="asRequested">Whether the id of the request counts, whatever answered.</param>
    private static PricedCall Price(RateStore store, ModelCall call, bool asRequested)
    {
        CallContext known = call.Context;
        ModelCallPricer pricer = new(store, known with { At = known.At ?? store.Clock.GetUtcNow() }, call.Said.Calls);
        pricer.AddAll(call, asRequested);
        if (known.At is null && pricer._main?.Edge is { Retired: true } end)
        {
            // A call that was made was made while the model was served.
            string model = pricer._main.Model.Id;
            known = known with { At = end.From.AddTicks(-1) };
            pricer = new(store, in known, call.Said.Calls);
            pricer.AddAll(call, asRequested);
            pricer._notes.Add(
                $"The call states no time, and '{model}' was retired on {AmountFormat.ToText(end.From)}: its last prices are taken.");
        }

        PricedCall priced = new()
        {
            Call = call,
            Context = pricer._context,
            Parts = pricer._parts.ToImmutable(),
            Status = pricer._totals.IsEmpty ? CostStatus.Unpriced : pricer._issues.Count == 0 ? CostStatus.Priced : CostStatus.Partial,
            CacheMissCost = pricer.FindCacheMissCost(call.Said.CacheMiss),
            Totals = pricer._totals.ToArray(),
            Issues = [.. pricer._issues],
            Notes = [.. CallNotes.Of(call, in known), .. pricer._notes.Distinct()],
        };
        ImmutableArray<PrepaidPool> pools = pricer._index.Pools;
        return pools.IsEmpty ? priced : priced with { Pools = [.. pools.Where(pool => pool.Covers(priced)).Select(pool => pool.Name)] };
    }

    private void AddAll(ModelCall call, bool asRequested)
    {
        ref readonly UsageReading reading = ref call.Said;
        string? model = asRequested ? call.RequestedModel : FindModelToPrice(call.RequestedModel, in reading);
        if (reading.Status == UsageStatus.NotBilled)
        {
            AddUnbilled(model, reading.Reason);
            return;
        }

        if (reading.StatedCost is { } stated)
        {
            AddUncounted(model, usage: null, stated);
            _notes.Add("The call states what it cost and not what it consumed: that cost is taken.");
            return;
        }

        if (reading.Status != UsageStatus.Complete)
        {
            _issues.Add(new(CostIssueKind.UnknownUsage, model ?? "", reading.Reason ?? "The usage of the call is not known."));
        }

        Add(CallRole.Main, model, reading.Usage, reading.Meters, in _context);
        NoteAssumedLifetime();
        NoteAssumedAttributes();
        if (reading.Nested.IsEmpty)
        {
            return;
        }

        CallContext around = ContextOfNested(model);
        foreach (NestedCall nested in reading.Nested)
        {
            Add(nested.Role, nested.Model ?? model, nested.Usage, nested.Meters ?? MeteredQuantities.Empty, nested.Served.Or(in around));
        }
    }

    /// <summary>
    /// The id to price by: a deployment of the user's own map stands for a model whatever the response says, and Bedrock's id for the
    /// maker's name in it, where nobody says who bills; otherwise the model that answered, and only where the response names none the one
    /// that was asked for.
    /// </summary>
    private string? FindModelToPrice(string? requested, in UsageReading reading)
    {
        string? answered = reading.Model;
        if (answered is not null && reading.IsFromFallback)
        {
            return answered; // A fallback is billed as itself, whatever stands for the model that did not answer.
        }

        bool isRequestMapped =
            answered is null
            || (
                requested is not null
                && requested != answered
                && _index.Find(requested, in _context).Resolution is { } resolution
                && (resolution.Kind == MatchKind.Mapped
                    || (_context.Provider is null && PlatformId.IsNamedWithin(requested, answered, '.'))));
        return isRequestMapped ? requested : ReadInResponse(answered!, reading.Api);
    }

    /// <summary>The model that answered, which some APIs name by less than its id.</summary>
    private string ReadInResponse(string answered, ApiFormat api)
    {
        if (_index.ReadInResponse(answered, api) is not { } model || _index.Find(model, in _context).Pricing is null)
        {
            return answered;
        }

        _notes.Add($"'{answered}' in a response of this API is '{model}'.");
        return model;
    }

    /// <summary>Calls inside a call are made where it is made: at the provider and in the region that its deployment or id names.</summary>
    private CallContext ContextOfNested(string? model)
    {
        if (model is null || Find(model, in _context) is not { Resolution: { } found } resolved)
        {
            return _context;
        }

        return _context with { Provider = _context.Provider ?? found.Provider, Region = resolved.WithFactsOfId(in _context).Region };
    }

    private ResolvedModel Find(string model, in CallContext context) => _index.Find(model, in context).At(in context, _store.Clock);

    private void Add(CallRole role, string? model, TokenUsage? usage, MeteredQuantities meters, in CallContext context)
    {
        _list = null;
        CostEstimate estimate = Estimate(model, usage, meters, in context);
        _parts.Add(new PricedPart { Role = role, Model = model, Usage = usage, Meters = meters, Estimate = estimate, List = _list });
        if (usage is not null)
        {
            _issues.AddRange(estimate.Issues);
        }

        if (estimate.Total is { } amount)
        {
            AddToTotals(amount);
        }
    }

    /// <summary>A request that failed costs nothing, in whichever currency its model has; of none that is known, in dollars.</summary>
    private void AddUnbilled(string? model, string? reason)
    {
        CompiledPricing? pricing = model is null ? null : Find(model, in _context).Pricing;
        AddUncounted(model, default(TokenUsage), Money.Zero(pricing?.Card.Currency ?? "USD"));
        _notes.Add(reason ?? "The request failed, and is not billed.");
    }

    /// <summary>Adds a cost that no count explains.</summary>
    private void AddUncounted(string? model, TokenUsage? usage, Money total)
    {
        CompiledPricing? pricing = model is null ? null : Find(model, in _context).Pricing;
        _parts.Add(new PricedPart
        {
            Role = CallRole.Main,
            Model = model,
            Usage = usage,
            Estimate = new CostEstimate(new StoredEstimate
            {
                Status = CostStatus.Priced,
                Total = total,
                Model = pricing?.Model.Id,
                Provider = pricing?.Card.Provider,
                RateCard = pricing?.Card.Name,
            }),
        });
        _totals.Add(total);
    }

    private CostEstimate Estimate(string? model, TokenUsage? usage, MeteredQuantities meters, in CallContext context)
    {
        if (model is null)
        {
            return new CostEstimate(usage.GetValueOrDefault(), new CostIssue(
                CostIssueKind.MissingModel, "", "Neither the response nor the request names a model. Give the id that was asked for: "
                    + "ChatOptions.ModelId or ModelCall.RequestedModel."));
        }

        TokenUsage counts = usage.GetValueOrDefault();
        try
        {
            ResolvedModel resolved = Find(model, in context);
            _main = _parts.Count == 0 ? resolved.Pricing : _main;
            if (resolved.Note is { } note)
            {
                _notes.Add(note + ".");
            }

            SummedCalls sum = _calls == 1 ? default : SummedCalls.Judge(_store.Clock, resolved, in counts, in context, _calls);
            if (sum.Doubt is not null)
            {
                _issues.Add(new(CostIssueKind.SumOfCalls, model, sum.Doubt));
            }

            if (sum.HasRequestPrice && _calls is { } calls && meters[MeterNames.Request] == 0)
            {
                meters = meters.With(MeterNames.Request, calls);
            }

            CostEstimate estimate = CallPricer.PriceLeniently(
                _store.Clock,
                resolved,
                in counts,
                in context,
                meters.Count == 0 ? null : meters,
                isSmall: sum.Doubt is not null);
            if (estimate.Row is { } row)
            {
                _notes.AddRange(PriceDoubts.Of(row.Version, context.At.GetValueOrDefault()));
                _list = ListPrice.Of(in estimate, meters.Count == 0 ? null : meters, resolved.WithFactsOfId(in context));
            }

            return usage is not null || estimate.Status == CostStatus.Unpriced
                ? estimate
                : new CostEstimate(estimate.Row, new CostIssue(CostIssueKind.UnknownUsage, model, "What the call consumed is not known."));
        }
        catch (OverflowException exception)
        {
            return new CostEstimate(in counts, new CostIssue(CostIssueKind.AmountTooLarge, model, exception.Message));
        }
    }

    private void AddToTotals(Money amount)
    {
        try
        {
            _totals.Add(amount);
        }
        catch (OverflowException exception)
        {
            _issues.Add(new(CostIssueKind.AmountTooLarge, amount.Currency, exception.Message));
        }
    }
}
