namespace LlmCostModel;

/// <summary>Reads pools.</summary>
internal sealed class PoolReader(ValueReader values)
{
    private static readonly string[] Names =
        ["Name", "Providers", "Models", "Tiers", "Amount", "Unit", "Currency", "Period", "From", "Until", "Fee"];

    /// <summary>Reads a pool that stands by itself, so that only it can say its name.</summary>
    internal PrepaidPool ReadNamed(ConfigNode node)
    {
        values.Require(node, "Name", "Add the name that results show.");
        return Read(node);
    }

    internal PrepaidPool Read(ConfigNode node)
    {
        values.ReportUnknownKeys(node, Names);
        values.ReportEmpty(node["Providers"], "every provider");
        values.ReportEmpty(node["Models"], "every model");
        values.ReportEmpty(node["Tiers"], "every tier");
        decimal? amount = values.ReadPrice(node["Amount"]);
        if (amount == 0)
        {
            values.Faults.Add(node["Amount"]!, "is not an amount greater than 0.", "Leave it out where the pool covers every call.");
        }

        return new PrepaidPool
        {
            Name = values.ReadText(node["Name"]) ?? node.Key,
            Path = node.Path,
            Providers = values.ReadTexts(node["Providers"]),
            Models = values.ReadTexts(node["Models"]),
            Tiers = values.ReadTexts(node["Tiers"]),
            Amount = amount is > 0 ? amount : null,
            Unit = values.ReadText(node["Unit"]),
            Currency = values.ReadText(node["Currency"])?.ToUpperInvariant(),
            Period = values.ReadOneOf<PoolPeriod>(node["Period"]) ?? PoolPeriod.Once,
            From = values.ReadInstant(node["From"]),
            Until = values.ReadInstant(node["Until"]),
            Fee = values.ReadPrice(node["Fee"]),
        };
    }
}
