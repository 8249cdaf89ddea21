namespace LlmCostModel;

/// <summary>The whole calculation of one call as lines: what receipts show, and how calls that are more than tokens are priced.</summary>
internal sealed class CallCalculation
{
    private readonly List<ReceiptLine> _lines = [];
    private readonly List<CostIssue> _issues = [];
    private readonly List<string> _unknownMeters = [];
    private readonly CompiledVersion _version;
    private readonly RuleCombination _combination;
    private readonly TokenUsage _usage;
    private readonly MeteredQuantities? _meters;
    private readonly CallContext _context;
    private bool _pricedAnything;
    private ExactSum _sum;
    private Rational _lost; // by lines of tokens with more digits than a decimal has, of which the sum may have fewer
    private bool _isMoreThanTokens;

    internal CallCalculation(
        CompiledVersion version, RuleCombination combination, in TokenUsage usage, MeteredQuantities? meters, in CallContext context)
    {
        _version = version;
        _combination = combination;
        (_usage, _meters, _context) = (usage, meters, context);
        AddTokens(in usage, in context);
        AddMeters(meters ?? MeteredQuantities.Empty, in context);
        Total = AddUp();
        if (_pricedAnything)
        {
            AddCharges();
            ReportUndecidedFees(in context);
        }

        Status = _issues.Count == 0 ? CostStatus.Priced : _pricedAnything ? CostStatus.Partial : CostStatus.Unpriced;
    }

    internal IReadOnlyList<ReceiptLine> Lines => _lines;

    internal IReadOnlyList<CostIssue> Issues => _issues;

    internal decimal Total { get; private set; }

    internal CostStatus Status { get; }

    /// <summary>The names of everything that is charged or has no price, beside tokens, each once.</summary>
    internal IEnumerable<string> NamesBesideTokens =>
        _lines.Where(line => line.Bucket is null)
            .Select(line => line.Name)
            .Concat(_unknownMeters)
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The amount of one meter, 0 when none of it was consumed; <see langword="null"/> when its price is not known.</summary>
    internal decimal? GetAmount(string meter) => _unknownMeters.Contains(meter, StringComparer.OrdinalIgnoreCase)
        ? null
        : _lines.Where(line => line.Bucket is null && line.Name.Equals(meter, StringComparison.OrdinalIgnoreCase)).Sum(line => line.Amount);

    /// <summary>The same call at the prices of the card alone, without overlays.</summary>
    /// <exception cref="OverflowException">No decimal holds one of its amounts.</exception>
    internal CallCalculation AtListPrices()
    {
        RuleSet list = _combination.Matched.Without(_version.OverlayRules);
        return (_combination.Matched & _version.OverlayRules).IsEmpty
            ? this
            : new(_version, _combination with { Matched = list }, in _usage, _meters, in _context);
    }

    private void AddTokens(in TokenUsage usage, in CallContext context)
    {
        MarginalSplit split = new(_version, _combination, in usage);
        int position = 0;
        while (split.TryNext(ref position, out PriceRow row, out TokenUsage part))
        {
            foreach (TokenBucket bucket in TokenBuckets.InOrder)
            {
                if (part[bucket] != 0)
                {
                    AddTokens(row, bucket, part[bucket], in context);
                }
            }
        }
    }

    private void AddTokens(PriceRow row, TokenBucket bucket, long count, in CallContext context)
    {
        ResolvedRate rate = _version.Resolve(bucket, row.Combination);
        if (!rate.IsKnown)
        {
            AddIssue(PricingIssues.UnknownBucket(_version, rate.Effects.BlockedBy, bucket, in context));
            return;
        }

        _pricedAnything = true;
        decimal amount = row.Multiply(bucket, count, out Rational lost);
        _lost += lost;
        AddLine(new ReceiptLine
        {
            Name = TokenBuckets.NameOf(bucket),
            Bucket = bucket,
            Quantity = count,
            Unit = "token",
            Rate = rate.ComputeNet(_version).ToDecimal(out _),
            Per = 1_000_000,
            Amount = amount,
            IsRounded = lost.Numerator != 0,
            BilledAs = rate.PricedAs == bucket ? null : rate.PricedAs,
            Rules = NamesOf(rate.Effects),
            RateCard = CardOf(rate.Effects.SetBy),
            Source = SourceOf(rate.Effects.SetBy),
        });
    }

    private void AddMeters(MeteredQuantities meters, in CallContext context)
    {
        if (_version.HasRequestPrice && meters[MeterNames.Request] == 0)
        {
            meters = meters.With(MeterNames.Request, 1);
        }

        foreach ((string meter, decimal quantity) in meters)
        {
            ResolvedMeterPrice resolved = _version.Resolve(meter, _combination);
            if (!resolved.IsKnown)
            {
                AddIssue(PricingIssues.UnknownMeter(_version, resolved.Effects.BlockedBy, meter, in context));
                _unknownMeters.Add(meter);
            }
            else if (resolved.Price!.NeedsConsumedBefore && context.ConsumedBefore is null)
            {
                AddIssue(PricingIssues.MissingConsumedBefore(_version, meter));
                _unknownMeters.Add(meter);
            }
            else
            {
                AddMeter(meter, quantity, resolved.Price, resolved.Effects, context.ConsumedBefore?[meter] ?? 0);
            }
        }
    }

    private void AddMeter(string meter, decimal quantity, MeterPrice price, RuleEffects effects, decimal consumedBefore)
    {
        _pricedAnything = true;
        foreach ((decimal part, decimal stepPrice) in VolumePricing.Split(price, quantity, consumedBefore))
        {
            Rational net = effects.Multiply(stepPrice, _version.Rules);
            decimal amount = (net * Rational.From(part) / Rational.From(price.Per)).ToDecimal(out bool exact);
            _isMoreThanTokens = true;
            AddLine(new ReceiptLine
            {
                Name = meter,
                Quantity = part,
                Unit = meter,
                Rate = net.ToDecimal(out _),
                Per = price.Per,
                Amount = amount,
                IsRounded = !exact,
                Rules = NamesOf(effects),
                RateCard = CardOf(effects.SetBy),
                Source = SourceOf(effects.SetBy),
            });
        }
    }

    /// <summary>What applies to the call as a whole: the minimum charge, then percentages of what it costs by then, then fixed
    /// fees.</summary>
    private void AddCharges()
    {
        if (_version.Version.MinimumCharge > Total)
        {
            AddCharge("MinimumCharge", 1, "call", _version.Version.MinimumCharge - Total, 1, null);
        }

        decimal beforeFees = Total;
        foreach (int index in _combination.Matched)
        {
            if (_version.Rules[index] is { Rule.PercentFee: { } percent } rule)
            {
                AddCharge("PercentFee", beforeFees, _version.Pricing.Card.Currency, percent, 100, rule);
            }
        }

        foreach (int index in _combination.Matched)
        {
            if (_version.Rules[index] is { Rule.FixedFee: { } fee } rule)
            {
                AddCharge("FixedFee", 1, "call", fee, 1, rule);
            }
        }
    }

    /// <summary>A fee that depends on what the call does not state may be due: the total is a lower bound.</summary>
    private void ReportUndecidedFees(in CallContext context)
    {
        foreach (int index in _combination.Unknown)
        {
            if (_version.Rules[index] is { Rule: { PercentFee: > 0 } or { FixedFee: > 0 } } rule)
            {
                AddIssue(PricingIssues.UndecidedFee(_version, rule, in context));
            }
        }
    }

    private void AddCharge(string name, decimal quantity, string unit, decimal rate, decimal per, CompiledRule? rule)
    {
        decimal amount = (Rational.From(quantity) * Rational.From(rate) / Rational.From(per)).ToDecimal(out bool exact);
        _isMoreThanTokens = true;
        AddLine(new ReceiptLine
        {
            Name = name,
            Quantity = quantity,
            Unit = unit,
            Rate = rate,
            Per = per,
            Amount = amount,
            IsRounded = !exact,
            Rules = rule is null ? [] : [rule.Rule.Name],
            RateCard = CardOf(rule),
            Source = SourceOf(rule),
        });
        Total = AddUp();
    }

    private void AddLine(ReceiptLine line)
    {
        _lines.Add(line);
        _sum.Add(line.Amount);
    }

    /// <summary>The exact sum of the lines so far. Prices of tokens end, so their sum is exact; one with meters or fees, whose amounts may
    /// never end, is rounded where a decimal cannot hold all of its digits.</summary>
    /// <exception cref="OverflowException">No decimal holds the sum.</exception>
    private decimal AddUp()
    {
        decimal total = _lost.Numerator == 0 ? _sum.ToDecimal(out bool exact) : (_sum.ToRational() + _lost).ToDecimal(out exact);
        return exact || _isMoreThanTokens ? total : throw Rational.AmountOverflow();
    }

    /// <summary>The rules behind a price: the one that set it, then those that changed it.</summary>
    private string[] NamesOf(RuleEffects effects)
    {
        IEnumerable<string> modifiers = _version.RulesIn(effects.Multipliers | effects.Adds).Select(rule => rule.Rule.Name);
        return effects.SetBy is null ? [.. modifiers] : [effects.SetBy.Rule.Name, .. modifiers];
    }

    /// <summary>The card that states a price, or the overlay when a rule of the user's own set it.</summary>
    private string CardOf(CompiledRule? setBy) => setBy is { IsOverlay: true } ? setBy.Origin : _version.Pricing.Card.Name;

    private string? SourceOf(CompiledRule? setBy) =>
        setBy?.Rule.Source ?? (setBy is { IsOverlay: true } ? null : _version.Version.Source ?? _version.Pricing.Card.Source);

    private void AddIssue(CostIssue issue)
    {
        if (!_issues.Contains(issue))
        {
            _issues.Add(issue);
        }
    }
}
