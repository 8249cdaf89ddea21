using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Reads a line of a <c>forecast</c>.</summary>
internal static class ForecastLineReader
{
    internal static readonly string[] Known =
    [
        "name", "model", "provider", "tier", "region", "priceFactor", "requests", "promptTokens", "outputTokens", "reasoningTokens",
            "hitRate", "writeBucket",
        "otherTokens", "meters", "retryRate", "growth", "growthNoise", "noise", "bursts", "promptVariation", "outputVariation", "profile",
    ];

    /// <param name="reader">The reader.</param>
    /// <param name="node">The line; the whole forecast where it has but one.</param>
    /// <param name="isAlone">Whether the line is an object of its own, whose names have not been judged yet.</param>
    /// <param name="isOfTraffic">Whether model, requests and tokens come from the traffic beside it.</param>
    internal static ForecastLine Read(PlanReader reader, ConfigNode node, bool isAlone, bool isOfTraffic = false)
    {
        if (isAlone)
        {
            reader.Values.ReportUnknownKeys(node, Known);
        }

        string? model = Required("model", reader.Values.ReadText, "Name the model to forecast.");
        Uncertain? requests = Required("requests", Number, "Write the requests of the first month.");
        Uncertain? prompt = Required("promptTokens", Number, "Write the mean prompt tokens of a request.");
        ForecastLine line = new()
        {
            Name = reader.Values.ReadText(node["name"]),
            Model = model ?? "",
            Requests = 0,
            PromptTokens = 0,
            Context = new()
            {
                Provider = reader.Values.ReadText(node["provider"]),
                Tier = reader.Values.ReadText(node["tier"]),
                Region = reader.Values.ReadText(node["region"]),
            },
        };
        line = Set("priceFactor", reader.Values.ReadQuantity, value => line with { PriceFactor = value!.Value });
        line = Set("requests", _ => requests, value => line with { Requests = value! });
        line = Set("promptTokens", _ => prompt, value => line with { PromptTokens = value! });
        line = Set("outputTokens", Number, value => line with { OutputTokens = value! });
        line = Set("reasoningTokens", Number, value => line with { ReasoningTokens = value! });
        line = Set("hitRate", Number, value => line with { HitRate = value! });
        line = Set("retryRate", Number, value => line with { RetryRate = value! });
        line = Set("growth", Number, value => line with { Growth = value! });
        line = Set("writeBucket", reader.Values.ReadOneOf<TokenBucket>, value => line with { WriteBucket = value });
        line = Set("growthNoise", reader.Statistic, value => line with { GrowthNoise = value!.Value });
        line = Set("noise", reader.Statistic, value => line with { Noise = value!.Value });
        line = Set("promptVariation", reader.Statistic, value => line with { PromptVariation = value });
        line = Set("outputVariation", reader.Statistic, value => line with { OutputVariation = value });
        line = Set("otherTokens", Tokens, value => line with { OtherTokens = value! });
        line = Set("meters", Meters, value => line with { Meters = value! });
        line = Set("bursts", value => Bursts(reader, value), value => line with { Bursts = value });
        return Set("profile", value => ProfileReader.Read(reader, value), value => line with { Profile = value });

        Uncertain? Number(ConfigNode? value) => UncertainReader.Read(reader, value);

        ImmutableSortedDictionary<TokenBucket, Uncertain>? Tokens(ConfigNode? value)
        {
            if (value is null)
            {
                return null;
            }

            reader.Values.ReportUnknownKeys(value, [.. TokenBuckets.All.Select(row => row.JsonName)]);
            return TokenBuckets.All
                .Select(row => (row.Bucket, Mean: Number(value[row.JsonName])))
                .Where(item => item.Mean is not null)
                .ToImmutableSortedDictionary(item => item.Bucket, item => item.Mean!);
        }

        ImmutableSortedDictionary<string, Uncertain>? Meters(ConfigNode? value) => value?.Children
            .Select(child => (child.Key, Mean: Number(child)))
            .Where(item => item.Mean is not null)
            .ToImmutableSortedDictionary(item => item.Key, item => item.Mean!, StringComparer.Ordinal);

        T? Required<T>(string key, Func<ConfigNode?, T?> read, string fix)
        {
            if (node[key] is not { IsEmpty: false })
            {
                if (!isOfTraffic)
                {
                    reader.Missing(node, key, fix);
                }

                return default;
            }

            return read(node[key]);
        }

        ForecastLine Set<T>(string key, Func<ConfigNode?, T> read, Func<T, ForecastLine> change) =>
            read(node[key]) is { } value ? reader.Set(node[key], line, () => change(value)) : line;
    }

    private static TrafficBursts? Bursts(PlanReader reader, ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        reader.Values.ReportUnknownKeys(node, ["probability", "factor"]);
        double? probability = reader.Statistic(node["probability"]), factor = reader.Statistic(node["factor"]);
        if (probability is null || factor is null)
        {
            reader.Fault(node, "does not say both numbers.", "Write the share of the months and how busy they are: "
                + "{ \"probability\": \"10%\", \"factor\": 3 }.");
            return null;
        }

        return reader.Set<TrafficBursts?>(node, null, () => new() { Probability = probability.Value, Factor = factor.Value });
    }
}
