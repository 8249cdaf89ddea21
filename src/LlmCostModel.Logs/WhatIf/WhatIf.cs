using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>What the calls of a log would have cost on another model, or at the prices of another instant.</summary>
/// <remarks>
/// <para>Only calls that have a cost and an answer are compared, so that both sums are of the same calls; the others are counted with the
/// reason. A call of another model is the same tokens, times <see cref="WhatIfOptions.TokenRatio"/> where the model differs, with the same
/// reads from the cache, at the model's own provider; batch and tier stay. Calls that a provider made inside of it stay what they
/// were.</para>
/// <para>The size is that of the groups, however many calls there are. Not thread-safe.</para>
/// </remarks>
public sealed class WhatIf
{
    private static readonly CostIssue TooLarge = new()
    {
        Kind = CostIssueKind.AmountTooLarge,
        Subject = "",
        Message = "The amount, or the sums with it, would exceed what can be counted.",
    };

    private readonly ICostEstimator _estimator;
    private readonly WhatIfOptions _options;
    private readonly SamePrices? _instants;
    private readonly Dictionary<string?[], List<WhatIfSum>> _groups = new(KeyComparer.Default);
    private readonly ReasonCounts _reasons = new();
    private readonly SortedSet<string> _assumptions = new(StringComparer.Ordinal);
    private readonly List<WhatIfSum> _totals = [];
    private readonly string?[] _looked;

    /// <summary>Makes the question, with no calls yet.</summary>
    /// <param name="estimator">What prices the answer.</param>
    /// <param name="options">What is asked.</param>
    /// <exception cref="ArgumentException">Neither a model nor an instant is given, or a ratio of tokens without a model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio of tokens is not above 0.</exception>
    public WhatIf(ICostEstimator estimator, WhatIfOptions options)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TokenRatio, nameof(options));
        if (options.Model is null && (options.At is null || options.TokenRatio != 1))
        {
            const string Nothing = "Ask for another model, or for the prices of an instant. A ratio of tokens is of a model.";
            throw new ArgumentException(Nothing, nameof(options));
        }

        (_estimator, _options) = (estimator, options);
        _instants = options.At is { } at ? new(estimator, at) : null;
        _looked = new string?[options.Keys.Count];
    }

    /// <summary>Gets the model that would have answered; <see langword="null"/> for the one that did.</summary>
    public string? Model => _options.Model;

    /// <summary>Gets the instant whose price list counts; <see langword="null"/> for that of each call.</summary>
    public DateTimeOffset? At => _options.At;

    /// <summary>Gets how many tokens the model makes of one of the log.</summary>
    public decimal TokenRatio => _options.TokenRatio;

    /// <summary>Gets the sums of all compared calls: one for each pair of currencies, mostly one.</summary>
    public IReadOnlyList<WhatIfSum> Totals => [.. InOrder(_totals)];

    /// <summary>Gets the sums by what the calls have in common.</summary>
    public IReadOnlyList<WhatIfSum> Groups =>
        [.. _groups.OrderBy(key => key.Key, KeyComparer.Default).SelectMany(key => InOrder(key.Value))];

    /// <summary>Gets how many calls are not compared, because they are not wholly priced themselves or have no answer.</summary>
    public long NotCompared { get; private set; }

    /// <summary>Gets how many of <see cref="NotCompared"/> are not wholly priced themselves, or in several currencies.</summary>
    public long NotPriced { get; private set; }

    /// <summary>Gets why calls have no answer, the most frequent reason first.</summary>
    public IReadOnlyList<SummaryReason> Reasons => _reasons.All;

    /// <summary>Gets what the answer takes for granted, in sentences.</summary>
    public IReadOnlyList<string> Assumptions => [.. _assumptions];

    /// <summary>Adds a call.</summary>
    /// <param name="record">The record that told of it.</param>
    /// <param name="call">What it cost.</param>
    public void Add(LogRecord record, PricedCall call)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(call);
        if (call.Call.Reading.Status == UsageStatus.NotBilled)
        {
            return; // it would have cost as little
        }

        long calls = call.Call.Reading.Calls ?? 1;
        if (call is not { Status: CostStatus.Priced, Total: { } actual })
        {
            NotCompared += calls;
            NotPriced += calls;
            return;
        }

        try
        {
            PricedCall answer = Answer(call);
            if (answer is { Status: CostStatus.Priced, Total: { } would })
            {
                AddSums(record, call, calls, actual, Of(would, call));
                return;
            }

            _reasons.Add(answer.Issues, Model ?? call.Main.Model, call.Call.Context.At);
        }
        catch (OverflowException)
        {
            _reasons.Add([TooLarge], Model ?? call.Main.Model, call.Call.Context.At);
        }

        NotCompared += calls;
    }

    private void AddSums(LogRecord record, PricedCall call, long calls, Money cost, Money would)
    {
        Money actual = Of(cost, call);
        SumOf(_totals, [], actual, would).Add(calls, actual, would);
        if (_looked.Length == 0)
        {
            return;
        }

        for (int i = 0; i < _looked.Length; i++)
        {
            _looked[i] = _options.Keys[i].ValueOf(record, call, call.Main, _options.TimeZone);
        }

        if (!_groups.TryGetValue(_looked, out List<WhatIfSum>? sums))
        {
            _groups[[.. _looked]] = sums = [];
        }

        SumOf(sums, [.. _options.Keys.Select((key, i) => KeyValuePair.Create(key.Name, _looked[i]))], actual, would)
            .Add(calls, actual, would);
    }

    private static IEnumerable<WhatIfSum> InOrder(IEnumerable<WhatIfSum> sums) => sums
        .OrderBy(sum => sum.Actual.Currency, StringComparer.Ordinal).ThenBy(sum => sum.Would.Currency, StringComparer.Ordinal);

    private static WhatIfSum SumOf(
        List<WhatIfSum> sums, IReadOnlyList<KeyValuePair<string, string?>> key, Money actual, Money would)
    {
        WhatIfSum? known = sums.Find(sum => sum.Has(actual.Currency, would.Currency));
        if (known is null)
        {
            sums.Add(known = new(key));
        }

        return known;
    }

    private Money Of(Money amount, PricedCall call) =>
        _options.Converter is { } converter ? converter.TryConvert(amount, call.At) ?? amount : amount;

    private PricedCall Answer(PricedCall call)
    {
        ModelCall asked = call.Call;
        UsageReading reading = asked.Reading;
        DateTimeOffset at = call.At;
        if (_instants is not null)
        {
            at = Model is { } model ? _instants.Find(model, provider: null, at)
                : call.Main.Estimate.Model is { } own ? _instants.Find(own, call.Main.Estimate.Provider, at)
                : _options.At!.Value;
        }

        if (Model is null)
        {
            CallContext context = call.Context with { At = at };
            return Price(asked with { At = at, Asked = context, Reading = reading with { Served = context, Reported = null } });
        }

        CallContext other = new()
        {
            At = at,
            Tier = call.Context.Tier,
            Batch = call.Context.Batch,
            IncludeAnnounced = call.Context.IncludeAnnounced,
        };
        TokenUsage? usage = reading.Usage is { } counted ? WhatIfUsage.Scale(counted, TokenRatio) : null;
        ModelCall moved = asked with
        {
            At = at,
            RequestedModel = Model,
            Asked = other,
            Reading = reading with { Model = Model, Served = other, Usage = usage, Reported = null, CacheMiss = null },
        };
        PricedCall answer = Price(moved);
        if (TokenRatio != 1 && answer.Main.Estimate.Model is { } same && same == call.Main.Estimate.Model)
        {
            usage = reading.Usage; // of this model's tokenizer already
            moved = moved with { Reading = moved.Reading with { Usage = usage } };
            answer = Price(moved);
        }

        if (usage is { } counts && WhatIfUsage.TryReplace(Model, answer, ref counts, _assumptions))
        {
            usage = counts;
            answer = Price(moved with { Reading = moved.Reading with { Usage = counts } });
        }

        Assume(call, usage);
        return answer;
    }

    private void Assume(PricedCall call, TokenUsage? usage)
    {
        if (usage is { TotalCacheRead: > 0 })
        {
            _assumptions.Add($"'{Model}' reads the same tokens from its cache.");
        }

        if (call.Context.Region is not null || call.Context.Attributes is not null)
        {
            _assumptions.Add($"'{Model}' is priced without the regions and attributes of the calls.");
        }
    }

    /// <summary>The answer; also where options ask for strictness, for what has no answer is counted.</summary>
    private PricedCall Price(ModelCall call)
    {
        try
        {
            return _estimator.Price(call);
        }
        catch (UnpricedException unpriced) when (unpriced.Call is { } known)
        {
            return known;
        }
    }

    /// <summary>Shows the question in the invariant culture.</summary>
    /// <returns>Such as <c>gpt-5 (1.1 times the tokens), at the prices of 2026-11-01T00:00:00Z</c>.</returns>
    public override string ToString() => VisibleText.OneLine(
        (Model ?? "the same models")
        + (TokenRatio == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({TokenRatio} times the tokens)"))
        + (At is { } at ? $", at the prices of {AmountFormat.ToText(at)}" : ""));
}
