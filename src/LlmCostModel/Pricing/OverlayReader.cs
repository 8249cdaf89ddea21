using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads overlays.</summary>
internal sealed class OverlayReader(ValueReader values)
{
    private static readonly string[] Names = ["Name", "Providers", "Models", "Currency", "Rules"];

    /// <summary>Reads an overlay that stands by itself, so that only it can say its name.</summary>
    internal PriceOverlay ReadNamed(ConfigNode node)
    {
        values.Require(node, "Name", "Add the name that receipts show.");
        return Read(node);
    }

    internal PriceOverlay Read(ConfigNode node)
    {
        values.ReportUnknownKeys(node, Names);
        values.ReportEmpty(node["Providers"], "every provider");
        values.ReportEmpty(node["Models"], "every model");
        return new PriceOverlay
        {
            Name = values.ReadText(node["Name"]) ?? node.Key,
            Path = node.Path,
            Providers = values.ReadTexts(node["Providers"]),
            Models = values.ReadTexts(node["Models"]),
            Currency = values.ReadText(node["Currency"])?.ToUpperInvariant(),
            Rules = new RuleReader(values).ReadRules(node["Rules"], ImmutableDictionary<string, PriceRule>.Empty),
        };
    }
}
