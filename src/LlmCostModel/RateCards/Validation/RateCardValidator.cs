namespace LlmCostModel;

/// <summary>Checks what single values cannot show: that ids are unique, periods do not overlap and rules make sense together.</summary>
internal sealed class RateCardValidator(FaultList faults, bool findsSuspicions = true)
{
    private readonly RuleValidator _rules = new(faults);
    private readonly SuspicionFinder _suspicions = new(faults);

    internal void Validate(IReadOnlyCollection<RateCard> cards)
    {
        foreach (RateCard card in cards)
        {
            ValidateCard(card);
            if (findsSuspicions)
            {
                _suspicions.Find(card);
            }
        }

        new IdValidator(faults).Validate(cards);
    }

    private void ValidateCard(RateCard card)
    {
        string path = PathOf(card);
        if (card.Currency.Length == 0)
        {
            faults.AddUnlessInside(path, null, "has no Currency.", "Add the ISO 4217 code of all its amounts, such as USD.");
        }
        else if (!CurrencyCodes.IsKnown(card.Currency))
        {
            faults.Add($"{path}:Currency", card.Currency, "is not an ISO 4217 currency code.", "Write a code such as USD, EUR or CNY.");
        }

        if (card.Models.IsEmpty)
        {
            faults.AddUnlessInside(path, null, "has no Models.", "Add at least one model with its prices.");
        }

        CreditValidator.Validate(faults, card);
        foreach (ModelPricing model in card.Models)
        {
            ValidateModel(PathOf(card, model), model, card);
            LimitsValidator.Validate(faults, PathOf(card, model), model.Limits);
        }

        if (!card.Lifecycle.IsEmpty)
        {
            new LifecycleValidator(faults).Validate(card);
        }
    }

    internal void Validate(PriceOverlay overlay)
    {
        string path = overlay.Path ?? $"Overlays:{overlay.Name}";
        if (overlay.Currency is { } currency && !CurrencyCodes.IsKnown(currency))
        {
            faults.Add($"{path}:Currency", currency, "is not an ISO 4217 currency code.", "Write a code such as USD, EUR or CNY.");
        }

        if (overlay.Currency is null
            && overlay.Rules.Any(rule =>
                rule.PerMillionTokens is not null
                || rule.AddPerMillionTokens is not null
                || rule.PerMeter.Count > 0
                || rule.FixedFee is not null))
        {
            faults.Add(
                path,
                null,
                "states amounts but no Currency.",
                "Add the ISO 4217 code of its amounts; it then applies only to cards in that currency.");
        }

        if (overlay.Rules.IsEmpty)
        {
            faults.Add(path, null, "has no Rules.", "Add at least one rule, or leave the overlay out.");
        }

        _rules.Validate(path, overlay.Rules, version: null, provider: null);
        if (findsSuspicions)
        {
            _suspicions.Find(path, overlay);
        }
    }

    internal static string PathOf(RateCard card) => card.Path ?? card.Name;

    internal static string PathOf(RateCard card, ModelPricing model) => model.Path ?? $"{PathOf(card)}:Models:{model.Id}";

    internal static string PathOf(string modelPath, ModelPricing model, int version) =>
        model.Versions[version].Path ?? $"{modelPath}:Versions:{version}";

    private void ValidateModel(string path, ModelPricing model, RateCard card)
    {
        if (model.Versions.IsDefaultOrEmpty)
        {
            faults.Add(path, null, "has no prices.", "Add PerMillionTokens, PerMeter or Versions.");
            return;
        }

        for (int i = 0; i < model.Versions.Length; i++)
        {
            PriceVersion version = model.Versions[i];
            string versionPath = PathOf(path, model, i);
            if (version.PerMillionTokens.Equals(TokenRates.None) && version.PerMeter.Count == 0 && version.Rules.IsEmpty)
            {
                faults.AddUnlessInside(versionPath, null, "has no prices.", "Add PerMillionTokens, PerMeter or Rules; 0 is free.");
            }

            if (version.From >= version.Until)
            {
                faults.Add(
                    $"{versionPath}:Until",
                    AmountFormat.ToText(version.Until.Value),
                    "is not after From.",
                    "Until is the first instant at which the prices no longer hold.");
            }

            if (version is { Status: PriceStatus.Announced, From: null })
            {
                faults.Add(
                    $"{versionPath}:From",
                    null,
                    "is missing on an announced version.",
                    "Write the instant for which the prices are announced.");
            }

            ValidateBeginning(versionPath, model, version);
            ValidateBilledAs(versionPath, version);
            MeterPriceValidator.Validate(faults, versionPath, version.PerMeter);
            _rules.Validate(versionPath, version.Rules, version, card.Provider);
            CreditValidator.Validate(faults, versionPath, version, card.Credit);
        }

        ValidatePeriods(path, model);
    }

    private void ValidateBeginning(string path, ModelPricing model, PriceVersion version)
    {
        if (version is { Beginning: PriceBeginning.Launch, From: not null })
        {
            faults.Add(
                $"{path}:Beginning",
                "launch",
                "stands beside From.",
                "Leave From out: the price holds since the model came out. A launch whose day is known is a From alone.");
        }
        else if (version is { Beginning: PriceBeginning.Reading, From: null })
        {
            faults.Add($"{path}:From", null, "is missing where the beginning is a reading.", "Write the day of the first reading.");
        }
        else if (version.Beginning == PriceBeginning.Reading && Array.Exists([.. model.Versions], IsEarlier))
        {
            faults.Add($"{path}:Beginning", "reading", "is not of the first version.", "Leave it out: what held before is known.");
        }

        bool IsEarlier(PriceVersion other) => other.From is null || other.From < version.From;
    }

    /// <summary>Two versions cannot begin together, whatever their status; of those that hold without being asked for, each ends before the
    /// next begins, also where one that is only announced begins between them.</summary>
    private void ValidatePeriods(string path, ModelPricing model)
    {
        PriceVersion? before = null;
        PriceVersion? confirmed = null;
        foreach ((PriceVersion after, int index) in model.Versions.Select((version, index) => (version, index))
            .OrderBy(pair => pair.version.From ?? DateTimeOffset.MinValue))
        {
            string afterPath = $"{path}:Versions:{index}:From";
            if (before is not null && before.From == after.From)
            {
                faults.Add(
                    afterPath,
                    after.From is { } from ? AmountFormat.ToText(from) : null,
                    "is the same as that of another version.",
                    "Give every version its own From.");
            }
            else if (confirmed?.Until > after.From && after.Status == PriceStatus.Confirmed)
            {
                faults.Add(
                    afterPath,
                    AmountFormat.ToText(after.From!.Value),
                    $"is before the version ahead of it ends ({AmountFormat.ToText(confirmed.Until.Value)}).",
                    "Let versions follow one another; leave Until out where the next one begins.");
            }

            before = after;
            confirmed = after.Status == PriceStatus.Confirmed ? after : confirmed;
        }
    }

    private void ValidateBilledAs(string path, PriceVersion version)
    {
        foreach ((TokenBucket bucket, TokenBucket target) in version.BilledAs)
        {
            if (version.PerMillionTokens[bucket] is null && version.PerMillionTokens[target] is not null)
            {
                continue;
            }

            string bucketPath = $"{path}:BilledAs:{bucket}";
            if (version.PerMillionTokens[bucket] is not null)
            {
                faults.Add(bucketPath, target.ToString(), $"contradicts the price that {bucket} has of its own.", "Keep one of them.");
            }

            HashSet<TokenBucket> seen = [bucket];
            TokenBucket end = target;
            while (seen.Add(end) && version.PerMillionTokens[end] is null && version.BilledAs.TryGetValue(end, out TokenBucket next))
            {
                end = next;
            }

            if (seen.Contains(end)
                && version.BilledAs.TryGetValue(end, out TokenBucket back)
                && seen.Contains(back)
                && version.PerMillionTokens[end] is null)
            {
                faults.Add(bucketPath, target.ToString(), "leads back to itself.", "Let the last bucket of the chain have a price.");
            }
            else if (version.PerMillionTokens[end] is null && !version.Rules.Any(rule => rule.PerMillionTokens?[end] is not null))
            {
                faults.Add(bucketPath, target.ToString(), "is a bucket without a price.", $"Add '{end}' to PerMillionTokens.");
            }
        }
    }
}
