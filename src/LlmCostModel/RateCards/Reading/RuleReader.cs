using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads rules and their effects.</summary>
internal sealed class RuleReader(ValueReader values)
{
    private static readonly string[] SharedRuleNames =
    [
        "When", "Mode", "PerMillionTokens", "PerMeter", "Multiply", "Unpriced", "On", "AddPerMillionTokens", "PercentFee", "FixedFee", "Status", "Source",
    ];

    private static readonly string[] RuleNames = ["Name", .. SharedRuleNames];

    private static readonly string[] UnitNames = ["Price", "Per", "Minimum", "Increment", "Free", "Steps"];

    private static readonly string[] StepNames = ["Above", "Price"];

    private readonly ConditionReader _conditions = new(values);

    /// <summary>Reads the rules that a card names once for all its models.</summary>
    internal IReadOnlyDictionary<string, PriceRule> SharedRules(RateNode? node)
    {
        Dictionary<string, PriceRule> shared = new(StringComparer.OrdinalIgnoreCase);
        foreach (RateNode child in node?.Children ?? [])
        {
            values.OnlyKnown(child, SharedRuleNames);
            shared[child.Key] = Rule(child, child.Key);
        }

        return shared;
    }

    /// <summary>Reads the rules of a version or an overlay.</summary>
    /// <param name="node">The list.</param>
    /// <param name="shared">What a name alone stands for.</param>
    internal ImmutableArray<PriceRule> Rules(RateNode? node, IReadOnlyDictionary<string, PriceRule> shared) =>
        node is null ? [] : [.. node.Children.Select(child => child.Value is null ? Rule(child) : Shared(child, shared)).OfType<PriceRule>()];

    internal TokenRates? Rates(RateNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        values.OnlyKnown(node, TokenBuckets.AllNames.AsSpan());
        decimal?[] rates = new decimal?[TokenBuckets.Count];
        foreach (RateNode child in node.Children)
        {
            if (TokenBuckets.TryParse(child.Key, out TokenBucket bucket))
            {
                rates[(int)bucket] = values.Price(child);
            }
        }

        return new TokenRates(rates);
    }

    internal ImmutableSortedDictionary<string, MeterPrice> Units(RateNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return MeterPrice.None;
        }

        ImmutableSortedDictionary<string, MeterPrice>.Builder prices = ImmutableSortedDictionary.CreateBuilder<string, MeterPrice>(StringComparer.OrdinalIgnoreCase);
        foreach (RateNode child in node.Children)
        {
            if (TokenBuckets.TryParse(child.Key, out _))
            {
                values.Faults.Add(child.Path, null, $"'{child.Key}' counts tokens, it is not a meter.", "Move it to PerMillionTokens.");
            }
            else if (prices.ContainsKey(child.Key))
            {
                values.Faults.Add(child.Path, null, "is given twice.", "Keep one of them.");
            }
            else if (Unit(child) is { } price)
            {
                prices.Add(child.Key, price);
            }
        }

        return prices.ToImmutable();
    }

    private PriceRule? Shared(RateNode node, IReadOnlyDictionary<string, PriceRule> shared)
    {
        if (shared.TryGetValue(node.Value!, out PriceRule? rule))
        {
            return rule;
        }

        string known = shared.Count == 0 ? "Write the rule itself, or name one of the card's Rules." : $"Write the rule itself, or name one of the card's Rules: {string.Join(", ", shared.Keys)}.";
        values.Faults.Add(node, "is not a rule of the card.", known);
        return null;
    }

    private PriceRule Rule(RateNode node)
    {
        values.OnlyKnown(node, RuleNames);
        return Rule(node, values.Text(node["Name"]) ?? "");
    }

    private PriceRule Rule(RateNode node, string name) =>
        new()
        {
            Name = name,
            When = _conditions.Condition(node["When"]),
            Mode = values.OneOf<RuleMode>(node["Mode"]) ?? RuleMode.WholeRequest,
            PerMillionTokens = Rates(node["PerMillionTokens"]),
            PerMeter = Units(node["PerMeter"]),
            Multiply = values.Quantity(node["Multiply"]),
            Unpriced = values.Flag(node["Unpriced"]) ?? false,
            On = values.Texts(node["On"]),
            AddPerMillionTokens = Rates(node["AddPerMillionTokens"]),
            PercentFee = values.Quantity(node["PercentFee"]),
            FixedFee = values.Price(node["FixedFee"]),
            Status = values.OneOf<PriceStatus>(node["Status"]) ?? PriceStatus.Confirmed,
            Source = values.Text(node["Source"]),
        };

    /// <summary>A meter's price is a number, or an object when there is more to say.</summary>
    private MeterPrice? Unit(RateNode node)
    {
        if (node.IsEmpty)
        {
            return null;
        }

        if (node.Value is not null)
        {
            return values.Price(node) is { } simple ? new MeterPrice { Price = simple } : null;
        }

        values.OnlyKnown(node, UnitNames);
        if (node["Price"] is not { IsEmpty: false } priceNode)
        {
            values.Faults.Add(node.Path, null, "has no Price.", "Add 'Price', 0 for free.");
            return null;
        }

        decimal? price = values.Price(priceNode);
        decimal per = Positive(node["Per"]) ?? 1;
        decimal? increment = Positive(node["Increment"]);
        ImmutableArray<VolumeStep> steps = [.. (node["Steps"]?.Children ?? []).Select(Step)];
        decimal minimum = values.Quantity(node["Minimum"]) ?? 0;
        decimal free = values.Quantity(node["Free"]) ?? 0;
        return price is null ? null : new MeterPrice { Price = price.Value, Per = per, Minimum = minimum, Increment = increment, Free = free, Steps = steps };
    }

    private VolumeStep Step(RateNode node)
    {
        values.OnlyKnown(node, StepNames);
        foreach (string name in StepNames)
        {
            if (node[name] is not { IsEmpty: false })
            {
                values.Faults.Add(node.Path, null, $"has no {name}.", $"Add '{name}'.");
            }
        }

        return new VolumeStep { Above = values.Quantity(node["Above"]) ?? 0, Price = values.Price(node["Price"]) ?? 0 };
    }

    private decimal? Positive(RateNode? node)
    {
        decimal? number = values.Quantity(node);
        if (number == 0)
        {
            values.Faults.Add(node!, "must be greater than 0 units.", "Write a number greater than 0, or leave it out.");
            return null;
        }

        return number;
    }
}
