namespace LlmCostModel;

/// <summary>Prices a call under marginal rules: the tokens are laid out in the order in which a prompt holds them, and each stretch between thresholds has its own row.</summary>
/// <remarks>
/// A prompt begins with what a cache holds, then what is written to one, then fresh input; an output begins with reasoning. So the tokens beyond a
/// threshold are fresh ones first. Rules that only count fresh input split only that. Allocates nothing.
/// </remarks>
internal readonly ref struct MarginalSplit
{
    // Fields, not spans of constants: those allocate until the code is optimized.
    private static readonly TokenBucket[] FreshOrder =
        [.. TokenBuckets.FreshInputs.OrderByDescending(bucket => TokenBuckets.Of(bucket).Modality)];

    /// <summary>What was read, then what was written, that which is kept longest first, then what is fresh, text last.</summary>
    private static readonly TokenBucket[] InputOrder =
    [
        .. TokenBuckets.CacheReads.OrderBy(bucket => TokenBuckets.Of(bucket).Modality),
        .. TokenBuckets.CacheWrites.OrderByDescending(bucket => TokenBuckets.Of(bucket).TimeToLive ?? TimeSpan.Zero),
        .. FreshOrder,
    ];

    private static readonly TokenBucket[] OutputOrder =
        [.. TokenBuckets.Outputs.OrderBy(bucket => bucket != TokenBucket.Reasoning).ThenBy(bucket => TokenBuckets.Of(bucket).Modality)];

    private readonly CompiledVersion _version;
    private readonly RuleCombination _combination;
    private readonly ref readonly TokenUsage _usage;

    internal MarginalSplit(CompiledVersion version, RuleCombination combination, in TokenUsage usage)
    {
        _version = version;
        _combination = combination;
        _usage = ref usage;
    }

    /// <summary>Visits every stretch that has tokens, input before output, with its row; stops and returns <see langword="false"/> at the end.</summary>
    internal bool TryNext(ref int position, out PriceRow row, out TokenUsage part)
    {
        int inputs = CountOf(_combination.Matched & _version.MarginalInputRules) + 1;
        int outputs = CountOf(_combination.Matched & _version.MarginalOutputRules) + 1;
        while (position < inputs + outputs)
        {
            bool isInput = position < inputs;
            part = Stretch(isInput, isInput ? position : position - inputs, out row);
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
    internal decimal Total()
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
            return ExactTotal().ToExactDecimal();
        }
    }

    internal decimal? AmountOf(TokenBucket bucket)
    {
        try
        {
            decimal total = 0;
            int position = 0;
            while (TryNext(ref position, out PriceRow row, out TokenUsage part))
            {
                if (part[bucket] != 0 && row.IsUnknown(bucket))
                {
                    return null;
                }

                total = DecimalParts.AddExactly(total, row.Multiply(bucket, part[bucket]));
            }

            return total;
        }
        catch (OverflowException)
        {
            return ExactTotal(bucket).ToExactDecimal();
        }
    }

    private Rational ExactTotal(TokenBucket? only = null)
    {
        Rational total = Rational.Zero;
        int position = 0;
        while (TryNext(ref position, out PriceRow row, out TokenUsage part))
        {
            total += row.MultiplyExact(only is { } bucket ? new TokenUsage { [bucket] = part[bucket] } : part);
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
    private TokenUsage Stretch(bool isInput, int index, out PriceRow row)
    {
        ulong marginal = _combination.Matched & (isInput ? _version.MarginalInputRules : _version.MarginalOutputRules);
        ulong applied = 0;
        long from = 0;
        for (int i = 0; i < index; i++)
        {
            int next = Lowest(marginal & ~applied);
            applied |= 1ul << next;
            from = _version.Rules[next].Marginal!.Value.Tokens;
        }

        ulong rest = marginal & ~applied;
        long until = rest == 0 ? long.MaxValue : _version.Rules[Lowest(rest)].Marginal!.Value.Tokens;
        row = _version.RowFor(_combination with { Matched = (_combination.Matched & ~(_version.MarginalInputRules | _version.MarginalOutputRules)) | applied });

        bool freshOnly = isInput && marginal != 0 && _version.Rules[Lowest(marginal)].Marginal!.Value.Basis == TokenBasis.FreshInput;
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
            long end = checked(position + _usage[bucket]);
            counts[(int)bucket] = Math.Max(0, Math.Min(end, until) - Math.Max(position, from));
            position = end;
        }

        return TokenUsage.FromCounts(in counts);
    }

    /// <summary>The rule with the lowest threshold among some; validation makes thresholds of one side distinct.</summary>
    private int Lowest(ulong rules)
    {
        int lowest = -1;
        for (int i = 0; i < _version.Rules.Length; i++)
        {
            if ((rules & (1ul << i)) != 0 && (lowest < 0 || _version.Rules[i].Marginal!.Value.Tokens < _version.Rules[lowest].Marginal!.Value.Tokens))
            {
                lowest = i;
            }
        }

        return lowest;
    }

    private static int CountOf(ulong rules) => System.Numerics.BitOperations.PopCount(rules);
}
