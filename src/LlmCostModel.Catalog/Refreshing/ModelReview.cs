using System.Collections.Immutable;

namespace LlmCostModel.Catalog;

/// <summary>Compares the prices of one model of a card with those of tables.</summary>
/// <param name="review">Takes proposals and warnings.</param>
/// <param name="card">The card.</param>
/// <param name="model">The model.</param>
/// <param name="charged">What a call is charged, with everything that the card's rules say.</param>
internal sealed class ModelReview(CardReview review, RateCard card, ModelPricing model, Func<string, DateTimeOffset, decimal?> charged)
{
    private readonly List<(RefreshPrice Price, TableStatement[] Supporting, RefreshConfidence Confidence, int Version)> _missing = [];
    private readonly List<(RefreshPrice Price, TableStatement[] Supporting, RefreshConfidence Confidence, int Version)> _changed = [];
    private bool _isDecided;

    internal void Review(ImmutableArray<TableStatement> statements)
    {
        WarnOfZeros(statements);
        TableStatement[] usable = [.. statements.Where(statement => statement is { Refusal: null, Version: not null })];
        foreach (string what in usable.SelectMany(statement => statement.Prices.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Review(what, [.. usable.Where(statement => statement.Prices.ContainsKey(what))]);
        }

        Propose(RefreshKind.NewPrice, _missing);
        Propose(RefreshKind.ChangedPrice, _changed);
        if (_isDecided)
        {
            review.CountDecided();
        }
    }

    private void Review(string what, TableStatement[] statements)
    {
        foreach (IGrouping<decimal, TableStatement> stated in statements.GroupBy(statement => Plausibility.Rounded(statement.Prices[what])))
        {
            TableStatement newest = stated.MaxBy(statement => statement.Day)!;
            int place = PlaceOf(newest.At);
            PriceVersion? version = place < 0 ? null : model.Versions[place];
            decimal? present = version is null ? null : OwnPrice(version, what);
            decimal price = newest.Prices[what];
            if (IsSame(present, price)
                || IsSame(charged(what, newest.At), price)
                || (present is null && (price == 0 || IsInAnotherBucket(version, what, price)))
                || (version is null && model.Versions.Any(one => one.From > newest.At)))
            {
                continue;
            }

            TableStatement[] others = [.. statements.Where(other => !IsSame(other.Prices[what], price))];
            int tables = stated.Select(statement => statement.Table).Distinct().Count();
            bool isBilledAs = version is not null && Enum.TryParse(what, out TokenBucket bucket) && version.BilledAs.ContainsKey(bucket);
            bool isDecided = (present is not null || isBilledAs) && IsDecided(version!, newest);
            if (FindOdd(what, newest, present, others, isAgreed: tables > 1, isDecided) is { } odd)
            {
                review.Warn(model.Id, what, odd, [.. stated, .. others]);
                continue;
            }

            _isDecided |= isDecided;
            int against = others.Select(other => other.Table).Distinct().Count();
            if (isDecided || (!newest.IsOfProvider && against > 0 && against >= tables) || others.Any(other => other.IsOfProvider))
            {
                continue; // as many tables state what the card has, or something else again
            }

            RefreshConfidence confidence = tables > 1 || newest.IsOfProvider ? RefreshConfidence.High : RefreshConfidence.Medium;
            if (present is null && !isBilledAs && version is not null)
            {
                _missing.Add((new RefreshPrice(what, null, price), [.. stated], confidence, place));
            }
            else
            {
                confidence = NeedsALook(version, what, price, others) ? RefreshConfidence.Low : confidence;
                int before = place < 0 ? model.Versions.Length - 1 : place;
                _changed.Add((new RefreshPrice(what, present, price), [.. stated], confidence, before));
            }
        }
    }

    /// <summary>Whether a change is for a person to judge: rules with prices of their own would stay behind, a period that ended may have
    /// done so for good, a table with a former price may be late, and another one may have what the card has.</summary>
    private bool NeedsALook(PriceVersion? version, string what, decimal price, TableStatement[] others) =>
        version is null
        || version.Rules.Any(rule => rule.PerMillionTokens is not null)
        || model.Versions.Take(model.Versions.IndexOf(version)).Any(former => IsSame(OwnPrice(former, what), price))
        || others.Any(other => IsSame(OwnPrice(version, what), other.Prices[what]));

    /// <summary>Whether the card has the price in the bucket of what it is paid for, such as the output of a model that draws.</summary>
    private static bool IsInAnotherBucket(PriceVersion? version, string what, decimal price) =>
        version is not null
        && what is "Input" or "Output" or "CacheRead"
        && Enum.GetValues<TokenBucket>().Any(bucket => bucket.ToString().EndsWith(what, StringComparison.Ordinal)
            && IsSame(version!.PerMillionTokens[bucket], price));

    /// <summary>What makes a stated price one that no proposal may rest on.</summary>
    private static string? FindOdd(
        string what, TableStatement statement, decimal? present, TableStatement[] others, bool isAgreed, bool isDecided)
    {
        decimal price = statement.Prices[what];
        decimal[] references = [.. others.Select(other => other.Prices[what]).Concat(present is { } known ? [known] : [])];
        if (!isAgreed && others.FirstOrDefault(other => Plausibility.AreExchanged(statement.Prices, other.Prices)) is { } exchanged)
        {
            return $"input and output are those of {exchanged.Table} in exchange";
        }

        if (!isDecided && Plausibility.OddBesideInput(what, statement.Prices) is { } besideInput)
        {
            return besideInput;
        }

        if (isAgreed || isDecided || statement.IsOfProvider)
        {
            return references.Length > 0 && references.All(reference => Plausibility.IsFarOff(price, reference))
                ? Plausibility.Odd(price, references[^1], present is null ? others[0].Table : "the card")
                : null;
        }

        return (present is { } own ? Plausibility.Odd(price, own, "the card") : null)
            ?? others.Select(other => Plausibility.Odd(price, other.Prices[what], other.Table)).FirstOrDefault(odd => odd is not null)
            ?? (present is null ? Plausibility.Odd(statement.Prices) : null);
    }

    private void Propose(
        RefreshKind kind, List<(RefreshPrice Price, TableStatement[] Supporting, RefreshConfidence Confidence, int Version)> found)
    {
        if (found.Count == 0)
        {
            return;
        }

        int place = found.Max(one => one.Version);
        var proposed = found.Where(one => one.Version == place).ToArray();
        TableStatement[] supporting = [.. proposed.SelectMany(one => one.Supporting).Distinct()];
        if (kind == RefreshKind.ChangedPrice && ExchangedWithin(supporting, place) is { } why)
        {
            review.Warn(model.Id, "Input", why, supporting);
            return;
        }

        review.Proposals.Add(new RefreshProposal
        {
            Kind = kind,
            Provider = card.Provider!,
            Model = model.Id,
            From = kind == RefreshKind.ChangedPrice ? Begin(supporting, model.Versions[place]) : null,
            Prices = [.. proposed.Select(one => one.Price)],
            Evidence =
            [
                .. proposed
                    .SelectMany(one => one.Supporting.Select(statement => CardReview.Evidence(statement, one.Price.What)))
                    .Distinct(),
            ],
            Confidence = proposed.Min(one => one.Confidence),
            Version = place,
            AsOf = supporting.Max(statement => statement.Day),
            Source = supporting[0].Source,
        });
    }

    /// <summary>The first day of a table that states the price, after what the version before it is known to hold for.</summary>
    private static DateTimeOffset Begin(TableStatement[] supporting, PriceVersion before) =>
        supporting.Select(statement => statement.At)
            .Where(at => at > (before.From ?? DateTimeOffset.MinValue) && at >= (before.Until ?? DateTimeOffset.MinValue))
            .DefaultIfEmpty(supporting.Max(statement => statement.At))
            .Min();

    /// <summary>What is odd about the changed prices beside those of the card.</summary>
    private string? ExchangedWithin(TableStatement[] supporting, int place)
    {
        ImmutableSortedDictionary<string, decimal> present = TableStatement.PricesOf(model.Versions[place]);
        return supporting.Any(statement => Plausibility.AreExchanged(statement.Prices, present))
            ? "input and output are those of the card in exchange"
            : supporting.Select(statement => statement.Table).Distinct().Count() > 1 || Plausibility.Odd(present) is not null ? null
            : supporting.Select(statement => Plausibility.Odd(statement.Prices)).FirstOrDefault(odd => odd is not null);
    }

    /// <summary>A table that refuses zeros says nothing; beside a price it is listed.</summary>
    private void WarnOfZeros(ImmutableArray<TableStatement> statements)
    {
        foreach (TableStatement zero in statements.Where(statement => statement.Prices.TryGetValue("Input", out decimal input) && input == 0
            && statement.Refusal is not null))
        {
            if (PlaceOf(zero.At) is >= 0 and int place && model.Versions[place].PerMillionTokens.Input is > 0)
            {
                review.Warn(model.Id, "Input", Plausibility.Odd(0, model.Versions[place].PerMillionTokens.Input!.Value, "the card")!, zero);
            }
        }
    }

    private static bool IsSame(decimal? one, decimal other) =>
        one is { } price && Plausibility.Rounded(price) == Plausibility.Rounded(other);

    private int PlaceOf(DateTimeOffset at) => model.GetVersion(at) is { } version ? model.Versions.IndexOf(version) : -1;

    /// <summary>Whether the card knows more than the table: by a reading that is as new, by a later price, or by the price's
    /// end.</summary>
    private bool IsDecided(PriceVersion version, TableStatement statement)
    {
        DateOnly read = version.AsOf ?? card.AsOf ?? DateOnly.MinValue;
        return read >= statement.Day || version.Until is not null || model.Versions.Any(other => other.From >= statement.At);
    }

    private static decimal? OwnPrice(PriceVersion version, string what) =>
        Enum.TryParse(what, out TokenBucket bucket) ? version.PerMillionTokens[bucket]
            : version.PerMeter.TryGetValue(what, out MeterPrice? price) ? price.Price / price.Per
            : null;
}
