namespace LlmCostModel.Planning;

/// <summary>Reads one of the <c>candidates</c> of a workload file.</summary>
internal static class CandidateReader
{
    private static readonly string[] Known =
    [
        "model",
        "label",
        "provider",
        "tier",
        "region",
        "at",
        "cache",
        "tokenRatio",
        "reasoningRatio",
        "quality",
    ];

    internal static WorkloadCandidate? Read(PlanReader reader, ConfigNode node, params string[] alsoKnown)
    {
        reader.Values.ReportUnknownKeys(node, [.. Known, .. alsoKnown]);
        string? model = reader.Values.ReadText(node["model"]);
        if (model is null && node["model"] is not { IsEmpty: false })
        {
            reader.Missing(node, "model", "Name the model.");
        }

        WorkloadCandidate candidate = new()
        {
            Model = model ?? "",
            Label = reader.Values.ReadText(node["label"]),
            Context = new()
            {
                Provider = reader.Values.ReadText(node["provider"]),
                Tier = reader.Values.ReadText(node["tier"]),
                Region = reader.Values.ReadText(node["region"]),
                At = reader.Values.ReadInstant(node["at"]),
            },
            Cache = IsModelCache(node["cache"]) ? null : Policy(reader, node["cache"]),
            UsesModelCache = IsModelCache(node["cache"]),
        };
        candidate = Set("tokenRatio", value => candidate with { TokenRatio = value });
        candidate = Set("reasoningRatio", value => candidate with { ReasoningRatio = value });
        candidate = Set("quality", value => candidate with { Quality = value });
        return candidate;

        WorkloadCandidate Set(string key, Func<decimal, WorkloadCandidate> change) =>
            reader.Values.ReadQuantity(node[key]) is { } value ? reader.Set(node[key], candidate, () => change(value)) : candidate;
    }

    /// <summary>Whether the cache is to be the model's own: <c>"auto"</c>.</summary>
    private static bool IsModelCache(ConfigNode? node) => "auto".Equals(node?.Value, StringComparison.OrdinalIgnoreCase);

    private static CachePolicy? Policy(PlanReader reader, ConfigNode? node)
    {
        if (node?.Value is { } name)
        {
            if (!CachePolicies.TryGet(name, out CachePolicy? policy))
            {
                reader.Fault(
                    node,
                    "is not a known policy.",
                    "Write auto for the model's own, or one of "
                        + $"{string.Join(", ", CachePolicies.All.Keys.Order(StringComparer.Ordinal))}.");
            }

            return policy;
        }

        return node is null || node.IsEmpty ? null : CachePolicyJson.Read(reader, node);
    }
}
