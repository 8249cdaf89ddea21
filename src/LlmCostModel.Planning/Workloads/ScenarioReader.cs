namespace LlmCostModel.Planning;

/// <summary>Reads one of the <c>scenarios</c> of a workload file.</summary>
internal static class ScenarioReader
{
    private static readonly string[] Known =
    [
        "name", "line", "model", "provider", "tier", "batchShare", "priceFactor", "requestsFactor", "promptFactor", "outputFactor",
        "reasoningFactor", "hitRate", "writeBucket", "growth",
    ];

    internal static ForecastScenario Read(PlanReader reader, ConfigNode node, ForecastPlan? plan)
    {
        reader.Values.ReportUnknownKeys(node, Known);
        string? name = reader.Values.ReadText(node["name"]);
        if (name is null)
        {
            reader.Missing(node, "name", "Name the scenario, such as \"prices fall by a fifth\".");
        }

        ForecastScenario scenario = new()
        {
            Name = name ?? "",
            Line = reader.Values.ReadText(node["line"]),
            Model = reader.Values.ReadText(node["model"]),
            Provider = reader.Values.ReadText(node["provider"]),
            Tier = reader.Values.ReadText(node["tier"]),
        };
        scenario = Set("batchShare", reader.Statistic, value => scenario with { BatchShare = value });
        scenario = Set("priceFactor", reader.Values.ReadQuantity, value => scenario with { PriceFactor = value!.Value });
        scenario = Set("requestsFactor", reader.Statistic, value => scenario with { RequestsFactor = value!.Value });
        scenario = Set("promptFactor", reader.Statistic, value => scenario with { PromptFactor = value!.Value });
        scenario = Set("outputFactor", reader.Statistic, value => scenario with { OutputFactor = value!.Value });
        scenario = Set("reasoningFactor", reader.Statistic, value => scenario with { ReasoningFactor = value!.Value });
        scenario = Set("hitRate", Number, value => scenario with { HitRate = value });
        scenario = Set("writeBucket", reader.Values.ReadOneOf<TokenBucket>, value => scenario with { WriteBucket = value });
        scenario = Set("growth", Number, value => scenario with { Growth = value });
        if (plan is not null)
        {
            // What cannot be is said here, with the scenario's path.
            reader.Set(node, plan, () => scenario.Apply(plan));
        }

        return scenario;

        Uncertain? Number(ConfigNode? value) => UncertainReader.Read(reader, value);

        ForecastScenario Set<T>(string key, Func<ConfigNode?, T> read, Func<T, ForecastScenario> change) =>
            read(node[key]) is { } value ? reader.Set(node[key], scenario, () => change(value)) : scenario;
    }
}
