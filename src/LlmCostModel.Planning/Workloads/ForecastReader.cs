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
            Requests = requests ?? 0,
            PromptTokens = prompt ?? 0,
            OutputTokens = UncertainReader.Read(reader, node["outputTokens"]) ?? 0,
            ReasoningTokens = UncertainReader.Read(reader, node["reasoningTokens"]) ?? 0,
            HitRate = UncertainReader.Read(reader, node["hitRate"]) ?? 0,
            RetryRate = UncertainReader.Read(reader, node["retryRate"]) ?? 0,
            Growth = UncertainReader.Read(reader, node["growth"]) ?? 0,
            Context = new()
            {
                Provider = reader.Values.ReadText(node["provider"]),
                Tier = reader.Values.ReadText(node["tier"]),
                Region = reader.Values.ReadText(node["region"]),
            },
        };
        plan = Set("months", reader.Integer, value => plan with { Months = value!.Value });
        plan = Set("samples", reader.Integer, value => plan with { Samples = value!.Value });
        plan = Set("seed", reader.Integer, value => plan with { Seed = value!.Value });
        plan = Set("budget", reader.Values.ReadQuantity, value => plan with { Budget = value });
        plan = Set("writeBucket", reader.Values.ReadOneOf<TokenBucket>, value => plan with { WriteBucket = value });
        return plan;

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
