using System.Collections.Immutable;
using System.Globalization;

namespace LlmCostModel;

/// <summary>Reads rules and their effects.</summary>
internal sealed class RuleReader(ValueReader values)
{
    private static readonly string[] SharedRuleNames =
    [
        "When",
        "Mode",
        "PerMillionTokens",
        "PerMeter",
        "Multiply",
        "Unpriced",
        "On",
        "AddPerMillionTokens",
        "PercentFee",
        "FixedFee",
        "Status",
        "Source",
    ];

    private static readonly string[] RuleNames = ["Name", .. SharedRuleNames];

    private static readonly string[] NamedRuleNames = ["Order", .. SharedRuleNames];

    private static readonly string[] UnitNames = ["Price", "Per", "Minimum", "Increment", "Free", "Steps"];

    private static readonly string[] StepNames = ["Above", "Price"];

    /// <summary>No message lists more names.</summary>
    private const int MaxNamed = 20;

    private readonly ConditionReader _conditions = new(values);

    /// <summary>Reads the rules that a card names once for all its models.</summary>
    internal IReadOnlyDictionary<string, PriceRule> ReadSharedRules(ConfigNode? node)
    {
        Dictionary<string, PriceRule> shared = new(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigNode child in values.ReadParts(node, "a set of rules by name"))
        {
            values.ReportUnknownKeys(child, SharedRuleNames);
            shared[child.Key] = ReadRule(child, child.Key);
        }

        return shared;
    }

    /// <summary>Reads the rules of a version or an overlay.</summary>
    /// <param name="node">A list; or rules by name, which several files of an application's configuration may add to and override. These
    /// stand in the order of their <c>Order</c>, then of their names: configuration does not keep the order of a file.</param>
    /// <param name="shared">What a name alone stands for.</param>
    internal ImmutableArray<PriceRule> ReadRules(ConfigNode? node, IReadOnlyDictionary<string, PriceRule> shared)
    {
        if (node is null)
        {
            return [];
        }

        bool isList = node.Children.All(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        IEnumerable<ConfigNode> ordered = isList
            ? values.ReadParts(node, "a list of rules")
            : node.Children.OrderBy(child => ReadOrder(child["Order"])).ThenBy(child => child.Key, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. ordered
                .Select(child => child.Value is not null ? FindShared(child, shared) : isList ? ReadRule(child) : ReadNamedRule(child))
                .OfType<PriceRule>(),
        ];
    }

    private PriceRule ReadNamedRule(ConfigNode node)
    {
        values.ReportUnknownKeys(node, NamedRuleNames);
        return ReadRule(node, node.Key);
    }

    private int ReadOrder(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return 0;
        }

        if (!int.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int order))
        {
            values.Faults.Add(node, "is not a whole number.", "Write the place of the rule among the others, such as 10.");
        }

        return order;
    }

    internal TokenRates? ReadRates(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        values.ReportUnknownKeys(node, TokenBuckets.AllNames.AsSpan());
        decimal?[] rates = new decimal?[TokenBuckets.Count];
        foreach (ConfigNode child in node.Children)
        {
            if (TokenBuckets.TryParse(child.Key, out TokenBucket bucket))
            {
                rates[(int)bucket] = values.ReadPrice(child);
            }
        }

        return new TokenRates(rates);
    }

    internal ImmutableSortedDictionary<string, MeterPrice> ReadMeters(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return MeterPrice.None;
        }

        ImmutableSortedDictionary<string, MeterPrice>.Builder prices = ImmutableSortedDictionary.CreateBuilder<string, MeterPrice>(
            StringComparer.OrdinalIgnoreCase);
        foreach (ConfigNode child in values.ReadParts(node, "a set of prices by meter"))
        {
            if (TokenBuckets.TryParse(child.Key, out _))
            {
                values.Faults.Add(child.Path, null, $"'{child.Key}' counts tokens, it is not a meter.", "Move it to PerMillionTokens.");
            }
            else if (prices.ContainsKey(child.Key))
            {
                values.Faults.Add(child.Path, null, "is given twice.", "Keep one of them.");
            }
            else if (ReadMeter(child) is { } price)
            {
                prices.Add(child.Key, price);
            }
        }

        return prices.ToImmutable();
    }

    private PriceRule? FindShared(ConfigNode node, IReadOnlyDictionary<string, PriceRule> shared)
    {
        if (shared.TryGetValue(node.Value!, out PriceRule? rule))
        {
            return rule;
        }

        string known =
            shared.Count is 0 or > MaxNamed
                ? "Write the rule itself, or name one of the card's Rules."
                : $"Write the rule itself, or name one of the card's Rules: {string.Join(", ", shared.Keys)}.";
        values.Faults.Add(node, "is not a rule of the card.", known);
        return null;
    }

    /// <summary>Reads the price of a meter that stands by itself.</summary>
    internal MeterPrice ReadRequiredMeter(ConfigNode node)
    {
        if (node.IsEmpty)
        {
            values.Faults.Add(node.Path, null, "has no Price.", "Write a number, or an object with 'Price'; 0 is free.");
        }

        return ReadMeter(node) ?? new MeterPrice { Price = 0 };
    }

    internal PriceRule ReadRule(ConfigNode node)
    {
        values.ReportUnknownKeys(node, RuleNames);
        return ReadRule(node, values.ReadText(node["Name"]) ?? "");
    }

    private PriceRule ReadRule(ConfigNode node, string name)
    {
        values.ReportEmpty(node["When"], "always");
        values.ReportEmpty(node["On"], "everything");
        return new()
        {
            Name = name,
            When = _conditions.ReadCondition(node["When"]),
            Mode = values.ReadOneOf<RuleMode>(node["Mode"]) ?? RuleMode.WholeRequest,
            PerMillionTokens = ReadRates(node["PerMillionTokens"]),
            PerMeter = ReadMeters(node["PerMeter"]),
            Multiply = values.ReadQuantity(node["Multiply"]),
            Unpriced = values.ReadFlag(node["Unpriced"]) ?? false,
            On = values.ReadTexts(node["On"]),
            AddPerMillionTokens = ReadRates(node["AddPerMillionTokens"]),
            PercentFee = values.ReadQuantity(node["PercentFee"]),
            FixedFee = values.ReadPrice(node["FixedFee"]),
            Status = values.ReadOneOf<PriceStatus>(node["Status"]) ?? PriceStatus.Confirmed,
            Source = values.ReadText(node["Source"]),
        };
    }

    /// <summary>A meter's price is a number, or an object when there is more to say.</summary>
    private MeterPrice? ReadMeter(ConfigNode node)
    {
        if (node.IsEmpty)
        {
            return null;
        }

        if (node.Value is not null)
        {
            return values.ReadPrice(node) is { } simple ? new MeterPrice { Price = simple } : null;
        }

        values.ReportUnknownKeys(node, UnitNames);
        if (node["Price"] is not { IsEmpty: false } priceNode)
        {
            values.Faults.Add(node.Path, null, "has no Price.", "Add 'Price', 0 for free.");
            return null;
        }

        decimal? price = values.ReadPrice(priceNode);
        decimal per = ReadPositive(node["Per"]) ?? 1;
        decimal? increment = ReadPositive(node["Increment"]);
        ImmutableArray<VolumeStep> steps = [.. values.ReadParts(node["Steps"], "a list of steps").Select(ReadStep)];
        decimal minimum = values.ReadQuantity(node["Minimum"]) ?? 0;
        decimal free = values.ReadQuantity(node["Free"]) ?? 0;
        return price is null
            ? null
            : new MeterPrice
            {
                Price = price.Value,
                Per = per,
                Minimum = minimum,
                Increment = increment,
                Free = free,
                Steps = steps,
            };
    }

    private VolumeStep ReadStep(ConfigNode node)
    {
        values.ReportUnknownKeys(node, StepNames);
        foreach (string name in StepNames)
        {
            if (node[name] is not { IsEmpty: false })
            {
                values.Faults.Add(node.Path, null, $"has no {name}.", $"Add '{name}'.");
            }
        }

        return new VolumeStep { Above = values.ReadQuantity(node["Above"]) ?? 0, Price = values.ReadPrice(node["Price"]) ?? 0 };
    }

    private decimal? ReadPositive(ConfigNode? node)
    {
        decimal? number = values.ReadQuantity(node);
        if (number == 0)
        {
            values.Faults.Add(node!, "must be greater than 0 units.", "Write a number greater than 0, or leave it out.");
            return null;
        }

        return number;
    }
}
