using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>Compares the models of one card with what tables state of them.</summary>
internal sealed partial class CardReview
{
    private static readonly string[] InputAndOutput = ["Input", "Output"];

    private readonly RateCard _card;
    private readonly CostEstimator _estimator;
    private readonly DateTimeOffset _now;
    private readonly KnownIds _known;

    internal CardReview(RateCard card, CostEstimator estimator, DateTimeOffset now) =>
        (_card, _estimator, _now, _known) = (card, estimator, now, new KnownIds(card));

    internal List<RefreshProposal> Proposals { get; } = [];

    internal List<RefreshWarning> Warnings { get; } = [];

    internal int Decided { get; private set; }

    /// <summary>The id of the card's model that a name means, or the name.</summary>
    internal string IdOf(string name) => (_known.Find(name) ?? _known.FindIgnoringCase(name))?.Id ?? name;

    /// <summary>Reviews what tables state of one model.</summary>
    internal void Review(string id, ImmutableArray<TableStatement> statements)
    {
        if (_known.Find(id) is { } model)
        {
            ReviewLife(model, statements);
            if (!_known.IsEndedOrLed(id, statements.Max(statement => statement.At)))
            {
                new ModelReview(this, _card, model, ChargedFor(model)).Review(statements);
            }
        }
        else if (!RegionPrefix().IsMatch(id) && !_known.HasLife(id) && !IsReadByRule(id, statements[0].At))
        {
            ReviewNew(id, statements);
        }
    }

    internal void Warn(string model, string what, string why, params IEnumerable<TableStatement> statements) => Warnings.Add(
        new RefreshWarning(_card.Provider!, model, what, why, [.. statements.Select(statement => Evidence(statement, what)).Distinct()]));

    internal void CountDecided() => Decided++;

    internal static RefreshEvidence Evidence(TableStatement statement, string what) => new(
        statement.Table,
        statement.Day,
        statement.Prices.TryGetValue(what, out decimal price) ? $"{what} {Plausibility.Text(price)}"
            : statement.Refusal ?? string.Join(", ", statement.Prices.Select(pair => $"{pair.Key} {Plausibility.Text(pair.Value)}")));

    /// <summary>An id that the card does not have: a model with the prices on which the tables agree, or which one alone states.</summary>
    private void ReviewNew(string id, ImmutableArray<TableStatement> statements)
    {
        List<TableStatement> plausible = [];
        foreach (TableStatement statement in statements.Where(one => one is { Refusal: null, Version: not null, IsRetired: false }))
        {
            TableStatement[] others = [.. statements.Where(other => other != statement && other.Refusal is null)];
            string? why = statement.IsOfProvider || others.Any(other => Agrees(statement, other)) ? null
                : Plausibility.Odd(statement.Prices)
                    ?? others.Select(other => OddBeside(statement, other)).FirstOrDefault(odd => odd is not null);
            if (why is null)
            {
                plausible.Add(statement);
            }
            else
            {
                Warn(id, "model", why, [statement, .. others]);
            }
        }

        if (plausible.Count == 0)
        {
            return;
        }

        string[] disputed =
        [
            .. plausible.SelectMany(statement => statement.Prices.Keys).Distinct()
                .Where(what => plausible.Where(one => one.Prices.ContainsKey(what))
                    .Select(one => Plausibility.Rounded(one.Prices[what]))
                    .Distinct()
                    .Count() > 1),
        ];
        TableStatement first = plausible.OrderByDescending(statement => statement.IsOfProvider)
            .ThenByDescending(statement => plausible.Count(other => Agrees(statement, other)))
            .ThenByDescending(statement => statement.Version!.Rules.Length)
            .First();
        TableStatement[] supporting = [.. plausible.Where(other => other == first || Agrees(first, other))];
        bool isDisputed = supporting.Length < plausible.Count;
        if (isDisputed && supporting.Length == 1 && !first.IsOfProvider)
        {
            Warn(id, "model", "the tables do not agree", plausible);
            return;
        }

        // Zero is free only where the id says so; else it stands for what is not charged apart, or not known.
        bool isFree = id.EndsWith(":free", StringComparison.Ordinal);
        RefreshPrice[] prices =
        [
            .. supporting.SelectMany(statement => statement.Prices.Keys).Distinct()
                .Where(what => first.Prices.ContainsKey(what) || !disputed.Contains(what))
                .Select(what => new RefreshPrice(what, null, supporting.First(one => one.Prices.ContainsKey(what)).Prices[what]))
                .Where(price => isFree || price.Proposed > 0),
        ];
        if (prices.Length == 0)
        {
            return;
        }

        Proposals.Add(new RefreshProposal
        {
            Kind = RefreshKind.NewModel,
            Provider = _card.Provider!,
            Model = id,
            From = supporting.Min(statement => statement.At),
            Prices = [.. prices],
            Rules = first.Version!.Rules,
            Evidence = [.. plausible.Select(statement => Evidence(statement, "")).Distinct()],
            Confidence = supporting.Length > 1 || first.IsOfProvider ? RefreshConfidence.High : RefreshConfidence.Medium,
            AsOf = supporting.Max(statement => statement.Day),
            Source = first.Source,
        });
    }

    private void ReviewLife(ModelPricing model, ImmutableArray<TableStatement> statements)
    {
        TableStatement[] ended = [.. statements.Where(statement => statement.IsRetired && !(statement.RetiredFrom > _now))];
        DateTimeOffset? from = ended.Min(statement => statement.RetiredFrom);
        PriceVersion last = model.Versions[^1];
        DateOnly read = last.AsOf ?? _card.AsOf ?? DateOnly.MinValue;
        if (ended.Length == 0
            || statements.Any(statement => statement is { IsRetired: false, Refusal: null } && statement.At > from)
            || _known.HasLife(model.Id)
            || ended.Any(statement => _known.HasLife(statement.Model))
            || last.Until is not null
            || (IsOfProvider(last) && read > DateOnly.FromDateTime((from ?? ended.Max(one => one.At)).UtcDateTime)))
        {
            return;
        }

        string[] names = [.. ended.Select(statement => statement.Model).Distinct()];
        if (names is not [{ } name] || name != model.Id || from is null)
        {
            Warn(model.Id, "life", "is said to be retired, on a day that is not known or under one of its names", ended);
            return;
        }

        Proposals.Add(new RefreshProposal
        {
            Kind = RefreshKind.Retired,
            Provider = _card.Provider!,
            Model = model.Id,
            From = from,
            Evidence = [.. ended.Select(EvidenceOfEnd)],
            Confidence = ended.Length > 1 ? RefreshConfidence.High : RefreshConfidence.Medium,
            AsOf = ended.Max(statement => statement.Day),
            Source = ended[0].Source,
        });
    }

    private static RefreshEvidence EvidenceOfEnd(TableStatement statement) => new(
        statement.Table,
        statement.Day,
        statement.RetiredFrom is { } day ? string.Create(CultureInfo.InvariantCulture, $"retired {day:yyyy-MM-dd}") : "retired");

    /// <summary>Whether a version rests on what the provider itself says; what does not say its basis is taken to.</summary>
    internal static bool IsOfProvider(PriceVersion version) => version.Basis != PriceBasis.Tables;

    /// <summary>Whether both state the same input and output, as far as both state them, and one of them at least.</summary>
    internal static bool Agrees(TableStatement one, TableStatement other) =>
        !ReferenceEquals(one, other) && one.Table != other.Table
        && InputAndOutput.All(what =>
            !one.Prices.TryGetValue(what, out decimal first) || !other.Prices.TryGetValue(what, out decimal second)
            || Plausibility.Rounded(first) == Plausibility.Rounded(second))
        && InputAndOutput.Any(what =>
            one.Prices.TryGetValue(what, out decimal first) && other.Prices.TryGetValue(what, out decimal second)
            && Plausibility.Rounded(first) == Plausibility.Rounded(second));

    private static string? OddBeside(TableStatement statement, TableStatement other) =>
        Plausibility.AreExchanged(statement.Prices, other.Prices) ? $"input and output are those of {other.Table} in exchange"
            : statement.Prices.Where(pair => other.Prices.ContainsKey(pair.Key))
                .Select(pair => Plausibility.Odd(pair.Value, other.Prices[pair.Key], other.Table))
                .FirstOrDefault(odd => odd is not null);

    /// <summary>What a call of a model is charged for one unit at an instant; <see langword="null"/> when it is not priced.</summary>
    private Func<string, DateTimeOffset, decimal?> ChargedFor(ModelPricing model) => (what, at) =>
    {
        CallContext context = new() { Provider = _card.Provider, At = at };
        if (!Enum.TryParse(what, out TokenBucket bucket))
        {
            return _estimator.Estimate(model.Id, default, in context, MeteredQuantities.Empty.With(what, 1)).GetAmount(what);
        }

        TokenUsage usage = new() { [bucket] = 1_000 };
        return _estimator.Estimate(model.Id, in usage, in context).GetAmount(bucket) * 1_000;
    };

    /// <summary>How tables write the price of a region or a size before an id; nobody calls a model by it.</summary>
    [GeneratedRegex(
        "^(us|eu|au|jp|apac|global|global-standard|[a-z]{2}(-[a-z]+)+-[0-9]|low|medium|high|hd|standard|[0-9]+-x-[0-9]+|max-x-max)/",
        RegexOptions.ExplicitCapture)]
    private static partial Regex RegionPrefix();

    private bool IsReadByRule(string id, DateTimeOffset at)
    {
        CallContext context = new() { Provider = _card.Provider, At = at };
        return _estimator.Explain(id, default, in context).Resolution is not null
            || _estimator.Estimate(id, default, in context).Issues is [{ Kind: CostIssueKind.Retired }];
    }
}
