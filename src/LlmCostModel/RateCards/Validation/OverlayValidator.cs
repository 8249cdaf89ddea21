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
            ValidateNames(overlay, cards);
            ValidateRules(overlay, cards);
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

    private void ValidateNames(PriceOverlay overlay, IReadOnlyCollection<RateCard> cards)
    {
        string path = PathOf(overlay);
        foreach (string provider in overlay.Providers)
        {
            if (!cards.Any(card => provider.Equals(card.Provider, StringComparison.OrdinalIgnoreCase)))
            {
                faults.Warn(
                    $"{path}:Providers", provider, "is the provider of no rate card in use.", "Correct the name, or leave it out.");
            }
        }

        HashSet<string> ids = new(
            overlay.Models.IsEmpty ? [] : cards.SelectMany(card => card.Models).Select(model => model.Id),
            StringComparer.OrdinalIgnoreCase);
        foreach (string id in overlay.Models)
        {
            if (!ids.Contains(id))
            {
                ModelPricing? meant = cards.SelectMany(card => card.Models)
                    .FirstOrDefault(model => model.Aliases.Contains(id, StringComparer.OrdinalIgnoreCase));
                faults.Warn(
                    $"{path}:Models",
                    id,
                    meant is null ? "is the id of no model in use." : $"is an alias of '{meant.Id}'; an overlay names models by their ids.",
                    meant is null ? "Correct the id, or leave it out." : $"Write '{meant.Id}'.");
            }
        }
    }

    private void ValidateRules(PriceOverlay overlay, IReadOnlyCollection<RateCard> cards)
    {
        string path = PathOf(overlay);
        (RateCard Card, PricedItems Priced)[] met =
        [
            .. from card in cards
            where overlay.AppliesTo(card)
            from model in card.Models
            where overlay.AppliesTo(card, model)
            from version in model.Versions
            select (card, new PricedItems(version, [.. version.Rules, .. overlay.Rules])),
        ];
        if (met.Length == 0)
        {
            faults.Warn(
                path,
                null,
                $"applies to no model in use{(overlay.Currency is { } currency ? $", of cards in {currency}" : "")}.",
                "Check its Providers, Models and Currency.");
            return;
        }

        for (int i = 0; i < overlay.Rules.Length; i++)
        {
            PriceRule rule = overlay.Rules[i];
            string rulePath = $"{path}:Rules:{i}";
            foreach (string name in rule.On)
            {
                if (!RuleTargets.IsGroup(name) && !TokenBuckets.TryParse(name, out _) && !met.Any(one => one.Priced.HasMeter(name)))
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
            }

            if (!met.Any(one => one.Priced.AreTouchedBy(rule) && PricedItems.MayHoldAt(one.Card.Provider, rule)))
            {
                faults.AddUnlessInside(
                    rulePath,
                    rule.Name,
                    "touches no price of the models that the overlay applies to.",
                    "Check its On, AddPerMillionTokens and provider against what these models have.");
            }
        }
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
