namespace LlmCostModel;

/// <summary>The whole calculation of one call as lines: what receipts show, and how calls that are more than tokens are priced.</summary>
internal sealed class CallCalculation
{
    private readonly List<CalculatedLine> _lines = [];
    private readonly List<CostIssue> _issues = [];
    private readonly List<string> _unknownMeters = [];
    private readonly CompiledVersion _version;
    private readonly RuleCombination _combination;
    private bool _pricedAnything;

    internal CallCalculation(CompiledVersion version, RuleCombination combination, in TokenUsage usage, MeteredQuantities? meters, in CallContext context)
    {
        _version = version;
        _combination = combination;
        AddTokens(in usage, in context);
        AddMeters(meters ?? MeteredQuantities.Empty, in context);
        foreach (CalculatedLine line in _lines)
        {
            Total = DecimalParts.AddExactly(Total, line.Amount);
        }

        AddCharges();
        Status = _issues.Count == 0 ? CostStatus.Priced : _pricedAnything ? CostStatus.Partial : CostStatus.Unpriced;
    }

    internal IReadOnlyList<CalculatedLine> Lines => _lines;

    internal IReadOnlyList<CostIssue> Issues => _issues;

    internal decimal Total { get; private set; }

    internal CostStatus Status { get; }

    /// <summary>The amount of one meter, 0 when none of it was consumed; <see langword="null"/> when its price is not known.</summary>
    internal decimal? AmountOf(string meter) => _unknownMeters.Contains(meter, StringComparer.OrdinalIgnoreCase)
        ? null
        : _lines.Where(line => line.Bucket is null && line.Name.Equals(meter, StringComparison.OrdinalIgnoreCase)).Sum(line => line.Amount);

    private void AddTokens(in TokenUsage usage, in CallContext context)
    {
        MarginalSplit split = new(_version, _combination, in usage);
        int position = 0;
        while (split.TryNext(ref position, out PriceRow row, out TokenUsage part))
        {
            foreach (TokenBucket bucket in TokenBuckets.InOrder)
            {
                long count = part[bucket];
                if (count == 0)
                {
                    continue;
                }

                ResolvedRate rate = _version.Resolve(bucket, row.Combination);
                if (!rate.IsKnown)
                {
                    AddIssue(IssueText.UnknownBucket(_version, in rate, bucket, in context));
                    continue;
                }

                Rational net = rate.Net(_version.Rules);
                _pricedAnything = true;
                _lines.Add(new CalculatedLine
                {
                    Name = TokenBuckets.NameOf(bucket),
                    Bucket = bucket,
                    Quantity = count,
                    Unit = "token",
                    Rate = net.ToDecimal(out _),
                    Per = 1_000_000,
                    Amount = row.Multiply(bucket, count),
                    SetBy = rate.SetBy,
                    Modifiers = rate.Multipliers | rate.Adds,
                    PricedAs = rate.PricedAs == bucket ? null : rate.PricedAs,
                });
            }
        }
    }

    private void AddMeters(MeteredQuantities meters, in CallContext context)
    {
        if (_version.HasRequestPrice && meters[Meters.Request] == 0)
        {
            meters = meters.With(Meters.Request, 1);
        }

        foreach ((string meter, decimal quantity) in meters)
        {
            ResolvedUnitPrice resolved = _version.Resolve(meter, _combination);
            if (!resolved.IsKnown)
            {
                AddIssue(IssueText.UnknownMeter(_version, in resolved, meter, in context));
                _unknownMeters.Add(meter);
                continue;
            }

            UnitPrice price = resolved.Price!;
            if (price.NeedsCounter && context.ConsumedBefore is null)
            {
                AddIssue(IssueText.MissingCounter(_version, meter));
                _unknownMeters.Add(meter);
                continue;
            }

            Rational factor = resolved.Factor(_version.Rules);
            _pricedAnything = true;
            foreach ((decimal part, decimal stepPrice) in VolumePricing.Split(price, quantity, context.ConsumedBefore?[meter] ?? 0))
            {
                Rational net = Rational.From(stepPrice) * factor;
                decimal amount = (net * Rational.From(part) / Rational.From(price.Per)).ToDecimal(out bool exact);
                _lines.Add(new CalculatedLine
                {
                    Name = meter,
                    Quantity = part,
                    Unit = meter,
                    Rate = net.ToDecimal(out _),
                    Per = price.Per,
                    Amount = amount,
                    IsRounded = !exact,
                    SetBy = resolved.SetBy,
                    Modifiers = resolved.Multipliers,
                });
            }
        }
    }

    /// <summary>What applies to the call as a whole: the minimum charge, then percentages of what it costs by then, then fixed fees.</summary>
    private void AddCharges()
    {
        if (!_pricedAnything)
        {
            return;
        }

        if (_version.Version.MinimumCharge > Total)
        {
            AddCharge(CalculatedLine.MinimumCharge, 1, _version.Version.MinimumCharge - Total, 1, setBy: -1);
        }

        decimal beforeFees = Total;
        for (int i = 0; i < _version.Rules.Length; i++)
        {
            if ((_combination.Matched & (1ul << i)) != 0 && _version.Rules[i].Rule.FeePercent is { } percent)
            {
                AddCharge(CalculatedLine.PercentFee, beforeFees, percent, 100, i);
            }
        }

        for (int i = 0; i < _version.Rules.Length; i++)
        {
            if ((_combination.Matched & (1ul << i)) != 0 && _version.Rules[i].Rule.FeeFixed is { } amount)
            {
                AddCharge(CalculatedLine.FixedFee, 1, amount, 1, i);
            }
        }
    }

    private void AddCharge(string name, decimal quantity, decimal rate, decimal per, int setBy)
    {
        decimal amount = (Rational.From(quantity) * Rational.From(rate) / Rational.From(per)).ToDecimal(out bool exact);
        string unit = name == CalculatedLine.PercentFee ? _version.Pricing.Card.Currency : "call";
        _lines.Add(new CalculatedLine { Name = name, Quantity = quantity, Unit = unit, Rate = rate, Per = per, Amount = amount, IsRounded = !exact, SetBy = setBy });
        Total = DecimalParts.AddExactly(Total, amount);
    }

    private void AddIssue(CostIssue issue)
    {
        if (!_issues.Contains(issue))
        {
            _issues.Add(issue);
        }
    }
}
