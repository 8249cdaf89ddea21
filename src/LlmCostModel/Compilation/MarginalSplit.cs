namespace LlmCostModel;

/// <summary>Prices a call under marginal rules: the tokens are laid out in the order in which a prompt holds them, and each stretch between
/// thresholds has its own row.</summary>
/// <remarks>
/// A prompt begins with what a cache holds, then what is written to one, then fresh input; an output begins with reasoning. So the tokens
/// beyond a
/// threshold are fresh ones first. Rules that only count fresh input split only that. Allocates nothing.
/// </remarks>
internal readonly ref struct MarginalSplit
{
    // Fields, not spans of constants: those allocate until the code is optimized.
    private static readonly TokenBucket[] FreshOrder =
        [.. TokenBuckets.FreshInputs.OrderByDescending(bucket => TokenBuckets.Get(bucket).Modality)];

    /// <summary>What was read, then what was written, that which is kept longest first, then what is fresh, text last.</summary>
    private static readonly TokenBucket[] InputOrder =
    [
        .. TokenBuckets.CacheReads.OrderBy(bucket => TokenBuckets.Get(bucket).Modality),
        .. TokenBuckets.CacheWrites.OrderByDescending(bucket => TokenBuckets.Get(bucket).TimeToLive ?? TimeSpan.Zero),
        .. FreshOrder,
    ];

    private static readonly TokenBucket[] OutputOrder =
        [.. TokenBuckets.Outputs.OrderBy(bucket => bucket != TokenBucket.Reasoning).ThenBy(bucket => TokenBuckets.Get(bucket).Modality)];

    private readonly CompiledVersion _version;
    private readonly RuleCombination _combination;
    private readonly ref readonly TokenUsage _usage;

    internal MarginalSplit(CompiledVersion version, RuleCombination combination, in TokenUsage usage)
    {
        _version = version;
        _combination = combination;
        _usage = ref usage;
    }

    /// <summary>The rules that cut the call: those that apply, and those that may, beyond whose threshold a price is not known.</summary>
    private RuleSet Concerned => _combination.Matched | _combination.Unknown;

    /// <summary>Visits every stretch that has tokens, input before output, with its row; stops and returns <see langword="false"/> at the
    /// end.</summary>
    internal bool TryNext(ref int position, out PriceRow row, out TokenUsage part)
    {
        int inputs = (Concerned & _version.MarginalInputRules).Count + 1;
        int outputs = (Concerned & _version.MarginalOutputRules).Count + 1;
        while (position < inputs + outputs)
        {
            bool isInput = position < inputs;
            part = CutStretch(isInput, isInput ? position : position - inputs, out row);
            position++;
            if (part != default)
            {
                return true;
            }
        }

        row = null!;
        part = default;
        return false;
    }

    /// <exception cref="OverflowException">No decimal holds the sum exactly.</exception>
    internal decimal ComputeTotal()
    {
        try
        {
            decimal total = 0;
            int position = 0;
            while (TryNext(ref position, out PriceRow row, out TokenUsage part))
            {
                total = DecimalParts.AddExactly(total, row.Multiply(in part));
            }

            return total;
        }
        catch (OverflowException)
        {
            // A part may have more digits than the whole.
            return ComputeExactTotal().ToExactDecimal();
        }
    }

    internal decimal? GetAmount(TokenBucket bucket)
    {
        ExactSum total = default;
        Rational lost = Rational.Zero;
        int position = 0;
        while (TryNext(ref position, out PriceRow row, out TokenUsage part))
        {
            if (part[bucket] != 0 && row.IsUnknown(bucket))
            {
                return null;
            }

            total.Add(row.Multiply(bucket, part[bucket], out Rational cut));
            lost = cut.Numerator.IsZero ? lost : lost + cut;
        }

        return lost.Numerator.IsZero ? total.ToDecimal(out _) : (total.ToRational() + lost).ToDecimal(out _);
    }

    private Rational ComputeExactTotal()
    {
        Rational total = Rational.Zero;
        int position = 0;
        while (TryNext(ref position, out PriceRow row, out TokenUsage part))
        {
            total += row.MultiplyToFraction(in part);
        }

        return total;
    }

    internal bool UsesUnknown()
    {
        int position = 0;
        while (TryNext(ref position, out PriceRow row, out TokenUsage part))
        {
            if (row.UsesUnknown(in part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tokens between the index-th marginal threshold of one side and the next, and the row that prices them.</summary>
    private TokenUsage CutStretch(bool isInput, int index, out PriceRow row)
    {
        RuleSet marginal = Concerned & (isInput ? _version.MarginalInputRules : _version.MarginalOutputRules);
        RuleSet applied = default;
        long from = 0;
        for (int i = 0; i < index; i++)
        {
            CompiledRule next = FindLowest(marginal.Without(applied))!;
            applied = applied.With(next.Index);
            from = next.Marginal!.Value.Tokens;
        }

        long? until = FindLowest(marginal.Without(applied))?.Marginal!.Value.Tokens;
        RuleSet left = _version.MarginalRules.Without(applied);
        row = _version.RowFor(new RuleCombination(_combination.Matched.Without(left), _combination.Unknown.Without(left)));

        bool freshOnly = isInput && FindLowest(marginal)?.Marginal!.Value.Basis == TokenBasis.FreshInput;
        TokenCounts counts = default;
        if (freshOnly && index == 0)
        {
            foreach (TokenBucket bucket in InputOrder.AsSpan(..^FreshOrder.Length))
            {
                counts[(int)bucket] = _usage[bucket];
            }
        }

        long position = 0;
        foreach (TokenBucket bucket in !isInput ? OutputOrder : freshOnly ? FreshOrder : InputOrder)
        {
            long count = _usage[bucket];
            long before = Math.Clamp(from - position, 0, count);
            long below = until is null ? count : Math.Clamp(until.Value - position, 0, count);
            counts[(int)bucket] = below - before;
            position = position > long.MaxValue - count ? long.MaxValue : position + count; // beyond every threshold
        }

        return TokenUsage.FromCounts(in counts);
    }

    /// <summary>The rule with the lowest threshold of a set, <see langword="null"/> of an empty one; validation makes thresholds of one
    /// side distinct.</summary>
    private CompiledRule? FindLowest(RuleSet rules)
    {
        CompiledRule? lowest = null;
        foreach (int index in rules)
        {
            CompiledRule rule = _version.Rules[index];
            lowest = lowest is null || rule.Marginal!.Value.Tokens < lowest.Marginal!.Value.Tokens ? rule : lowest;
        }

        return lowest;
    }
}
