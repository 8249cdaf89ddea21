namespace LlmCostModel;

/// <summary>Checks overlays together with the cards in use: what each applies to, and what their rules are with those of every
/// version.</summary>
/// <remarks>A rule that touches nothing where its overlay applies is a fault. An overlay that applies to nothing, or names a model or
/// provider that no card has, is only a warning, in strict mode too: a newer catalog may bring it, or have dropped it.</remarks>
internal sealed class OverlayValidator(FaultList faults)
{
    private readonly MarginalValidator _marginal = new(faults);

    internal void Validate(IReadOnlyCollection<PriceOverlay> overlays, IReadOnlyCollection<RateCard> cards)
    {
        foreach (PriceOverlay overlay in overlays)
        {
            bool areKnown = AreNamesKnown(overlay, cards);
            ValidateRules(overlay, cards, areKnown);
        }

        foreach (RateCard card in overlays.Count == 0 ? [] : cards)
        {
            foreach (ModelPricing model in card.Models)
            {
                PriceRule[] added = [.. overlays.Where(overlay => overlay.AppliesTo(card, model)).SelectMany(overlay => overlay.Rules)];
                if (added.Length > 0)
                {
                    ValidateTogether(RateCardValidator.PathOf(card, model), model, added);
                }
            }
        }
    }

    private static string PathOf(PriceOverlay overlay) => overlay.Path ?? $"Overlays:{overlay.Name}";

    private bool AreNamesKnown(PriceOverlay overlay, IReadOnlyCollection<RateCard> cards)
    {
        bool areKnown = true;
        string path = PathOf(overlay);
        foreach (string provider in overlay.Providers)
        {
            if (!cards.Any(card => provider.Equals(card.Provider, StringComparison.OrdinalIgnoreCase)))
            {
                areKnown = false;
                string? near = ValueReader.FindNearest(cards.Select(card => card.Provider).OfType<string>(), provider);
                faults.Warn(
                    $"{path}:Providers",
                    provider,
                    "is the provider of no rate card in use.",
                    near is null ? "Correct the name, or leave it out." : $"Did you mean '{near}'?");
            }
        }

        if (overlay.Models.IsEmpty)
        {
            return areKnown;
        }

        Dictionary<string, string> ids = new(StringComparer.OrdinalIgnoreCase); // of models, by every name that they have
        foreach (ModelPricing model in cards.SelectMany(card => card.Models))
        {
            ids[model.Id] = model.Id;
            foreach (string alias in model.Aliases)
            {
                ids.TryAdd(alias, model.Id);
            }
        }

        foreach (string id in overlay.Models)
        {
            if (!ids.TryGetValue(id, out string? meant))
            {
                areKnown = false;
                faults.Warn($"{path}:Models", id, "is the id of no model in use.", "Correct the id, or leave it out.");
            }
            else if (!meant.Equals(id, StringComparison.OrdinalIgnoreCase))
            {
                areKnown = false;
                faults.Warn(
                    $"{path}:Models", id, $"is an alias of '{meant}'; an overlay names models by their ids.", $"Write '{meant}'.");
            }
        }

        return areKnown;
    }

    /// <param name="overlay">The overlay.</param>
    /// <param name="cards">The cards in use.</param>
    /// <param name="areNamesKnown">Whether nothing was said yet of an overlay that applies to nothing.</param>
    private void ValidateRules(PriceOverlay overlay, IReadOnlyCollection<RateCard> cards, bool areNamesKnown)
    {
        string path = PathOf(overlay);
        // Asked as far as needed: most rules touch the first version that their overlay meets.
        IEnumerable<(RateCard Card, PriceVersion Version)> met =
            from card in cards
            where overlay.AppliesTo(card)
            from model in card.Models
            where overlay.AppliesTo(card, model)
            from version in model.Versions
            select (card, version);
        if (!met.Any())
        {
            if (areNamesKnown)
            {
                string inCurrency = overlay.Currency is { } currency ? $", of cards in {currency}" : "";
                faults.Warn(path, null, $"applies to no model in use{inCurrency}.", "Check its Providers, Models and Currency.");
            }

            return;
        }

        HashSet<string>? meters = null;
        for (int i = 0; i < overlay.Rules.Length; i++)
        {
            PriceRule rule = overlay.Rules[i];
            string rulePath = $"{path}:Rules:{i}";
            foreach (string name in rule.On.Where(name => !RuleTargets.IsGroup(name) && !TokenBuckets.TryParse(name, out _)))
            {
                meters ??= MetersOf(met.Select(one => one.Version), overlay);
                if (!meters.Contains(name))
                {
                    ReportUnknown(rulePath, name);
                }
            }

            if (!met.Any(one => PricedItems.MayHoldAt(one.Card.Provider, rule) && IsTouched(one.Version, overlay, rule)))
            {
                faults.AddUnlessInside(
                    rulePath,
                    rule.Name,
                    "touches no price of the models that the overlay applies to.",
                    "Check its On, AddPerMillionTokens and provider against what these models have.");
            }
        }
    }

    private static bool IsTouched(PriceVersion version, PriceOverlay overlay, PriceRule rule) =>
        new PricedItems(version, [.. version.Rules, .. overlay.Rules]).AreTouchedBy(rule);

    private static HashSet<string> MetersOf(IEnumerable<PriceVersion> versions, PriceOverlay overlay) =>
        versions.SelectMany(version => version.Rules.SelectMany(rule => rule.PerMeter.Keys).Concat(version.PerMeter.Keys))
            .Concat(overlay.Rules.SelectMany(rule => rule.PerMeter.Keys))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private void ReportUnknown(string rulePath, string name)
    {
        string? meant = ValueReader.FindNearest([.. RuleTargets.Groups, .. TokenBuckets.AllNames], name);
        faults.Add(
            $"{rulePath}:On",
            name,
            "is neither a token bucket, a group nor a meter of a model that the overlay applies to.",
            meant is null
                ? $"Write {string.Join(", ", RuleTargets.Groups)}, a bucket such as Output, or a meter."
                : $"Did you mean '{meant}'?");
    }

    private void ValidateTogether(string path, ModelPricing model, PriceRule[] added)
    {
        foreach (PriceVersion version in model.Versions)
        {
            int rules = version.Rules.Length + added.Length;
            if (rules > PriceVersion.MaxRules)
            {
                faults.Add(
                    path,
                    null,
                    $"has {rules} rules with those of overlays; at most {PriceVersion.MaxRules} are possible.",
                    "Limit the overlays to the models and providers that they are meant for.");
            }
            else
            {
                _marginal.ValidateTogether(path, [.. version.Rules, .. added]);
            }
        }
    }
}
