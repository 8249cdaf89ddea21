namespace LlmCostModel.Logs;

/// <summary>Compares the sums of two runs, scenario by scenario and all together.</summary>
internal sealed class GateComparer
{
    private const decimal Most = 1_000_000;

    private readonly CostGateOptions _options;
    private readonly double _share;

    public GateComparer(IReadOnlyList<SummaryGroup> @base, IReadOnlyList<SummaryGroup> head, CostGateOptions options)
    {
        _options = options;
        Names = [.. @base.Concat(head).Select(group => group.Key[0].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        ILookup<string, SummaryGroup> before = @base.ToLookup(KeyOf, StringComparer.Ordinal);
        ILookup<string, SummaryGroup> after = head.ToLookup(KeyOf, StringComparer.Ordinal);
        Pair[] pairs = [.. Names.Select(name => new Pair(name, Side(before[Key(name)]), Side(after[Key(name)])))];
        IGrouping<string, string>[] parts = [.. pairs.GroupBy(RunsOf, pair => Key(pair.Name), StringComparer.Ordinal)];
        HashSet<string> common = [.. pairs.Where(pair => pair.Base is not null && pair.Head is not null).Select(pair => Key(pair.Name))];
        bool Counts(SummaryGroup group) => !options.OnlyCommon || common.Contains(KeyOf(group));
        Pair total = new(
            null,
            Side(@base.Where(Counts), parts.Select(part => Side(part.SelectMany(name => before[name]).Where(Counts)))),
            Side(head.Where(Counts), parts.Select(part => Side(part.SelectMany(name => after[name]).Where(Counts)))));

        // By Bonferroni: that all intervals hold together is as sure as was asked for, however many there are.
        IEnumerable<Pair> different = pairs.Length == 1 ? pairs : pairs.Append(total);
        int intervals = different.Sum(pair => pair.Currencies.Count(currency => pair.NoiseIn(currency) is not null));
        _share = (double)(1 - options.Confidence) / Math.Max(1, intervals);
        Scenarios = [.. pairs.Select(Compare)];
        Total = Compare(total);
    }

    /// <summary>The names of scenarios; <see langword="null"/> for calls that state none.</summary>
    public IReadOnlyList<string?> Names { get; }

    public IReadOnlyList<GateScenario> Scenarios { get; }

    public GateScenario Total { get; }

    private static string KeyOf(SummaryGroup group) => Key(group.Key[0].Value);

    private static string Key(string? name) => name is null ? "" : $"={name}";

    private static GateSide? Side(IEnumerable<SummaryGroup> groups) => groups.ToArray() is [_, ..] all ? new(all) : null;

    private static GateSide? Side(IEnumerable<SummaryGroup> groups, IEnumerable<GateSide?> parts) =>
        groups.ToArray() is [_, ..] all ? new(all, [.. parts]) : null;

    /// <summary>In which runs of both sides a scenario is. What is in the same runs varies together, and is added up run by run.</summary>
    private static string RunsOf(Pair pair) => $"{pair.Base?.RunNames}/{pair.Head?.RunNames}";

    private GateScenario Compare(Pair pair)
    {
        bool isPriced = pair.Base is not { IsPriced: false } && pair.Head is not { IsPriced: false };
        GateCost[] costs = [.. pair.Currencies.Select(currency => Compare(pair, currency, isPriced))];
        return new(pair.Name, pair.Base, pair.Head)
        {
            Costs = costs,
            Verdict = !isPriced ? GateVerdict.Unpriced
                : costs.Length > 0 ? costs.Max(cost => cost.Verdict)
                : pair.Base is null ? GateVerdict.New
                : GateVerdict.Removed, // of nothing: neither run has a call
        };
    }

    private GateCost Compare(Pair pair, string currency, bool isPriced)
    {
        Rational? before = pair.Base?.AverageIn(currency), after = pair.Head?.AverageIn(currency);
        GateVerdict? known = !isPriced ? GateVerdict.Unpriced
            : before is null ? GateVerdict.New
            : after is null ? GateVerdict.Removed
            : null;
        Rational? change = known is null ? Change(before!.Value, after!.Value) : null;
        RunNoise? noise = known is null ? pair.NoiseIn(currency) : null;
        double reach = noise?.Reach(_share) ?? 0;
        return new(currency, before?.ToDecimal(out _), after?.ToDecimal(out _))
        {
            Change = change is { } share ? Rounded(share) : null,
            Low = noise is { } low ? Share(low.Ratio - reach) : null,
            High = noise is { } high ? Share(high.Ratio + reach) : null,
            Noise = noise is null ? null : Share(reach),
            Verdict = known ?? Verdict(
                change, IsMoreThanAllowed(before, after), noise is not { } spread || Math.Abs(spread.Ratio) > reach),
        };
    }

    /// <summary>Whether an increase is more than the amount that is allowed, exactly.</summary>
    private bool IsMoreThanAllowed(Rational? before, Rational? after) =>
        _options.MaximumIncreaseAmount is { } most
        && before is { } from
        && after is { } to
        && (to - from - Rational.From(most)).Numerator.Sign > 0;

    private GateVerdict Verdict(Rational? change, bool isMoreThanAllowed, bool isBeyondNoise)
    {
        if (change is not { } share)
        {
            return GateVerdict.Increase; // from nothing: more than any share of it
        }

        return share.Numerator.Sign switch
        {
            0 => GateVerdict.WithinLimit,
            < 0 => isBeyondNoise ? GateVerdict.Decrease : GateVerdict.WithinNoise,
            _ when !isMoreThanAllowed && (share - Rational.From(_options.MaximumIncrease)).Numerator.Sign <= 0 => GateVerdict.WithinLimit,
            _ => isBeyondNoise ? GateVerdict.Increase : GateVerdict.WithinNoise,
        };
    }

    /// <summary>The relative change, exactly; <see langword="null"/> from nothing to something.</summary>
    private static Rational? Change(Rational before, Rational after) =>
        before.Numerator.IsZero ? after.Numerator.IsZero ? Rational.Zero : null
        : (after - before) / before;

    /// <summary>A change for people and programs to read; the verdict was found before.</summary>
    private static decimal Rounded(Rational change)
    {
        try
        {
            return change.ToDecimal(out _);
        }
        catch (OverflowException)
        {
            return Most;
        }
    }

    /// <summary>The change of a logarithm of a ratio.</summary>
    private static decimal Share(double logarithm)
    {
        double change = Math.Exp(logarithm) - 1;
        return change < (double)Most ? decimal.Round((decimal)change, 6) : Most;
    }

    private sealed record Pair(string? Name, GateSide? Base, GateSide? Head)
    {
        public IReadOnlyList<string> Currencies { get; } =
            [.. (Base?.Currencies ?? []).Union(Head?.Currencies ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        /// <summary>What is not wholly priced has no interval, either.</summary>
        public RunNoise? NoiseIn(string currency) =>
            Base is { IsPriced: true } && Head is { IsPriced: true }
                ? RunNoise.Of([.. Base.Parts.Zip(Head.Parts, (left, right) => (TotalsOf(left, currency), TotalsOf(right, currency)))])
                : null;

        private static decimal[] TotalsOf(GateSide? side, string currency) => side?.TotalsIn(currency) ?? [];
    }
}
