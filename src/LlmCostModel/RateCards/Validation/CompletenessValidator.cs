using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LlmCostModel;

/// <summary>
/// Finds what is missing in rates that were made in code: nulls, of which the compiler only warns. What is not complete cannot be checked
/// further.
/// </summary>
/// <remarks>Every rate of a catalog passes through here when an application starts; that is why hardly a path is written before there is a
/// fault.</remarks>
internal sealed class CompletenessValidator(FaultList faults)
{
    /// <param name="card">The card.</param>
    /// <param name="place">Where it was found, for a card that states neither its path nor its name.</param>
    internal bool Validate([NotNullWhen(true)] RateCard? card, string place)
    {
        int before = faults.Count;
        if (IsThere(card, place))
        {
            string path = card.Path ?? card.Name ?? place;
            Require(card.Name, path, "has no Name.", "Name the card; receipts show it.");
            Require(card.Currency, path, "has no Currency.", "Add the ISO 4217 code of all its amounts, such as USD.");
            for (int i = 0; i < card.Credit?.Worth.Length; i++)
            {
                IsThere(card.Credit.Worth[i], path, "Credit:Worth", i);
            }

            for (int i = 0; i < card.Models.Length; i++)
            {
                ValidateModel(card.Models[i], path, i);
            }
        }

        return faults.Count == before;
    }

    /// <param name="overlay">The overlay.</param>
    /// <param name="place">Where it was found, for an overlay that does not state its path.</param>
    internal bool Validate([NotNullWhen(true)] PriceOverlay? overlay, string place)
    {
        int before = faults.Count;
        if (IsThere(overlay, place))
        {
            string path = overlay.Path ?? place;
            Require(overlay.Name, path, "has no Name.", "Name the overlay; receipts show it.");
            RequireAll(overlay.Providers, path, "Providers");
            RequireAll(overlay.Models, path, "Models");
            ValidateRules(overlay.Rules, path);
        }

        return faults.Count == before;
    }

    /// <param name="pool">The pool.</param>
    /// <param name="place">Where it was found, for a pool that does not state its path.</param>
    internal bool Validate([NotNullWhen(true)] PrepaidPool? pool, string place)
    {
        int before = faults.Count;
        if (IsThere(pool, place))
        {
            string path = pool.Path ?? place;
            Require(pool.Name, path, "has no Name.", "Name the pool; results show it.");
            RequireAll(pool.Providers, path, "Providers");
            RequireAll(pool.Models, path, "Models");
            RequireAll(pool.Tiers, path, "Tiers");
        }

        return faults.Count == before;
    }

    internal bool IsThere([NotNullWhen(true)] object? value, string path)
    {
        if (value is null)
        {
            ReportNull(path);
        }

        return value is not null;
    }

    private void ValidateModel(ModelPricing? model, string cardPath, int index)
    {
        if (!IsThere(model, cardPath, "Models", index))
        {
            return;
        }

        string path = model.Path ?? $"{cardPath}:Models:{model.Id ?? Text(index)}";
        Require(model.Id, path, "has no Id.", "Write the id as the provider does.");
        RequireAll(model.Aliases, path, "Aliases");
        for (int i = 0; !model.IsDeferred && i < model.Versions.Length; i++)
        {
            ValidateVersion(model.Versions[i], path, i);
        }
    }

    private void ValidateVersion(PriceVersion? version, string modelPath, int index)
    {
        if (!IsThere(version, modelPath, "Versions", index))
        {
            return;
        }

        string path = version.Path ?? $"{modelPath}:Versions:{Text(index)}";
        RequireAll(version.PerMeter, path);
        ValidateRules(version.Rules, path);
        foreach (ImmutableArray<string> names in version.Never)
        {
            RequireAll(names, path, "Never");
        }
    }

    private void ValidateRules(ImmutableArray<PriceRule> rules, string path)
    {
        for (int i = 0; i < rules.Length; i++)
        {
            if (IsThere(rules[i], path, "Rules", i))
            {
                ValidateRule(rules[i], $"{path}:Rules:{Text(i)}");
            }
        }
    }

    private void ValidateRule(PriceRule rule, string path)
    {
        Require(rule.Name, path, "has no Name.", "Name the rule; receipts show it.");
        RequireAll(rule.On, path, "On");
        RequireAll(rule.PerMeter, path);
        RequireAll(rule.When.Tiers, path, "When:Tiers");
        RequireAll(rule.When.Regions, path, "When:Regions");
        RequireAll(rule.When.Providers, path, "When:Providers");
        RequireAll(rule.When.Deployments, path, "When:Deployments");
        RequireAll(rule.When.Accounts, path, "When:Accounts");
        foreach (ImmutableArray<string> values in rule.When.Attributes.Values)
        {
            RequireAll(values, path, "When:Attributes");
        }
    }

    private void RequireAll(ImmutableArray<string> texts, string path, string name)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            IsThere(texts[i], path, name, i);
        }
    }

    private void RequireAll(ImmutableSortedDictionary<string, MeterPrice> prices, string path)
    {
        foreach ((string meter, MeterPrice price) in prices)
        {
            if (price is null)
            {
                ReportNull($"{path}:PerMeter:{meter}");
            }
        }
    }

    private void Require(string? value, string path, string problem, string fix)
    {
        if (value is null)
        {
            faults.Add(path, null, problem, fix);
        }
    }

    private bool IsThere([NotNullWhen(true)] object? value, string path, string list, int index)
    {
        if (value is null)
        {
            ReportNull($"{path}:{list}:{Text(index)}");
        }

        return value is not null;
    }

    private void ReportNull(string path) => faults.Add(path, null, "is null.", "Give it a value, or leave it out.");

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
