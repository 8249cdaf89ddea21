namespace LlmCostModel;

/// <summary>Reads how much one call of a model may hold.</summary>
internal sealed class LimitsReader(ValueReader values)
{
    private static readonly string[] Names =
        ["ContextWindow", "MaxInputTokens", "MaxOutputTokens", "ReasoningInOutput", "Source", "AsOf", "Basis"];

    /// <summary>Reads those of a model.</summary>
    internal ModelLimits? Read(ConfigNode? node) => node is null || node.IsEmpty ? null : ReadLimits(node);

    internal ModelLimits ReadLimits(ConfigNode node)
    {
        values.ReportUnknownKeys(node, Names);
        return new ModelLimits
        {
            ContextWindow = ReadTokens(node["ContextWindow"]),
            MaxInputTokens = ReadTokens(node["MaxInputTokens"]),
            MaxOutputTokens = ReadTokens(node["MaxOutputTokens"]),
            ReasoningInOutput = values.ReadFlag(node["ReasoningInOutput"]),
            Source = values.ReadText(node["Source"]),
            AsOf = values.ReadDate(node["AsOf"]),
            Basis = values.ReadOneOf<PriceBasis>(node["Basis"]) ?? PriceBasis.Unstated,
        };
    }

    private long? ReadTokens(ConfigNode? node)
    {
        long? tokens = values.ReadTokens(node);
        if (tokens == 0)
        {
            values.Faults.Add(node!, "is not a number of tokens of 1 or more.", "Leave it out when it is not known.");
        }

        return tokens == 0 ? null : tokens;
    }
}
