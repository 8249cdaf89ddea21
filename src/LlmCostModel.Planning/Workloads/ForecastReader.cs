namespace LlmCostModel.Planning;

/// <summary>Reads the <c>forecast</c> of a workload file.</summary>
internal static class ForecastReader
{
    private static readonly string[] Known =
    [
        "model",
        "provider",
        "tier",
        "region",
        "start",
        "months",
        "requests",
        "promptTokens",
        "outputTokens",
        "reasoningTokens",
        "hitRate",
        "writeBucket",
        "retryRate",
        "growth",
        "budget",
        "samples",
        "seed",
    ];

    internal static ForecastPlan? Read(PlanReader reader, ConfigNode node)
    {
        reader.Values.ReportUnknownKeys(node, Known);
        string? model = Required("model", reader.Values.ReadText, "Name the model to forecast.");
        DateTimeOffset? start = Required(
            "start",
            reader.Values.ReadInstant,
            "Write the first instant of the first month, such as 2026-01-01.");
        Uncertain? requests = Required("requests", node => UncertainReader.Read(reader, node), "Write the requests of the first month.");
        Uncertain? prompt = Required(
            "promptTokens",
            node => UncertainReader.Read(reader, node),
            "Write the mean prompt tokens of a request.");
        ForecastPlan plan = new()
        {
            Model = model ?? "",
            Start = start ?? default,
            Requests = 0,
            PromptTokens = 0,
            Context = new()
            {
                Provider = reader.Values.ReadText(node["provider"]),
                Tier = reader.Values.ReadText(node["tier"]),
                Region = reader.Values.ReadText(node["region"]),
            },
        };
        plan = Set("requests", _ => requests, value => plan with { Requests = value! });
        plan = Set("promptTokens", _ => prompt, value => plan with { PromptTokens = value! });
        plan = Set("outputTokens", Uncertain, value => plan with { OutputTokens = value! });
        plan = Set("reasoningTokens", Uncertain, value => plan with { ReasoningTokens = value! });
        plan = Set("hitRate", Uncertain, value => plan with { HitRate = value! });
        plan = Set("retryRate", Uncertain, value => plan with { RetryRate = value! });
        plan = Set("growth", Uncertain, value => plan with { Growth = value! });
        plan = Set("months", reader.Integer, value => plan with { Months = value!.Value });
        plan = Set("samples", reader.Integer, value => plan with { Samples = value!.Value });
        plan = Set("seed", reader.Integer, value => plan with { Seed = value!.Value });
        plan = Set("budget", reader.Values.ReadQuantity, value => plan with { Budget = value });
        plan = Set("writeBucket", reader.Values.ReadOneOf<TokenBucket>, value => plan with { WriteBucket = value });
        if (plan.Start > DateTimeOffset.MaxValue.AddMonths(-plan.Months))
        {
            reader.Fault(node["start"]!, "is so late that the plan ends after the year 9999.", "Start earlier.");
        }

        return plan;

        Uncertain? Uncertain(ConfigNode? node) => UncertainReader.Read(reader, node);

        T? Required<T>(string key, Func<ConfigNode?, T?> read, string fix)
        {
            if (node[key] is not { IsEmpty: false })
            {
                reader.Missing(node, key, fix);
                return default;
            }

            return read(node[key]);
        }

        ForecastPlan Set<T>(string key, Func<ConfigNode?, T> read, Func<T, ForecastPlan> change) =>
            read(node[key]) is { } value ? reader.Set(node[key], plan, () => change(value)) : plan;
    }
}
