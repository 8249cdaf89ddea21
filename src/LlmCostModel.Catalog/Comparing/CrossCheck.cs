using System.Collections.Frozen;

namespace LlmCostModel.Catalog;

/// <summary>How far the prices of an estimator and those of an imported table agree. The type is immutable.</summary>
public sealed record CrossCheck
{
    /// <summary>Small enough to be below every context tier, so that base prices meet.</summary>
    private const long Tokens = 1_000;

    private static readonly TokenBucket[] Compared = [TokenBucket.Input, TokenBucket.Output, TokenBucket.CacheRead];

    /// <summary>How the tables name the hosts of the built-in catalog.</summary>
    private static readonly FrozenDictionary<string, string> Hosts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["gemini"] = "google",
        ["google-vertex"] = "vertex",
        ["google-vertex-anthropic"] = "vertex",
        ["amazon-bedrock"] = "bedrock",
        ["aws"] = "bedrock",
        ["bedrock_converse"] = "bedrock",
        ["amazon"] = "bedrock",
        ["x-ai"] = "xai",
        ["togetherai"] = "together",
        ["together_ai"] = "together",
        ["fireworks-ai"] = "fireworks",
        ["fireworks_ai"] = "fireworks",
        ["dashscope"] = "alibaba",
        ["moonshotai"] = "moonshot",
        ["moonshot-ai"] = "moonshot",
        ["zai"] = "zhipu",
        ["zhipuai"] = "zhipu",
        ["voyageai"] = "voyage",
        ["cohere_chat"] = "cohere",
        ["vertex_ai"] = "vertex",
        ["vertex_ai-language-models"] = "vertex",
        ["vertex_ai-anthropic_models"] = "vertex",
        ["vertex_ai-embedding-models"] = "vertex",
        ["vertex_ai-mistral_models"] = "vertex",
        ["vertex_ai-llama_models"] = "vertex",
        ["text-completion-openai"] = "openai",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the number of models whose prices agree: every price that both state.</summary>
    public required int Agreeing { get; init; }

    /// <summary>Gets the prices that differ; <see cref="PriceDifference.Before"/> is the estimator's, <see cref="PriceDifference.After"/> the table's.</summary>
    public required IReadOnlyList<PriceDifference> Differences { get; init; }

    /// <summary>Gets the models of the table that the estimator does not price, as host and id.</summary>
    public required IReadOnlyList<(string Host, string Model)> Unknown { get; init; }

    /// <summary>Compares the base prices of input, output and cache reads of every model of a table.</summary>
    /// <param name="estimator">The estimator, usually with the built-in catalog.</param>
    /// <param name="table">The imported table.</param>
    /// <param name="at">The instant whose prices are compared.</param>
    /// <returns>The result; models at hosts that the estimator does not know are <see cref="Unknown"/>.</returns>
    public static CrossCheck Against(ICostEstimator estimator, ImportResult table, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(table);
        CostEstimator theirs = new(table.RateCards);
        int agreeing = 0;
        List<PriceDifference> differences = [];
        List<(string Host, string Model)> unknown = [];
        foreach (RateCard card in table.RateCards)
        {
            string host = HostOf(card.Host!);
            foreach (ModelPricing model in card.Models)
            {
                int before = differences.Count;
                bool isKnown = false;
                foreach (TokenBucket bucket in Compared)
                {
                    if (Price(estimator, model.Id, host, bucket, at) is { } ours && Price(theirs, model.Id, card.Host!, bucket, at) is { } other)
                    {
                        isKnown = true;
                        if (ours != other)
                        {
                            differences.Add(new PriceDifference(host, model.Id, bucket.ToString(), ours, other));
                        }
                    }
                }

                if (!isKnown)
                {
                    unknown.Add((host, model.Id));
                }
                else if (differences.Count == before)
                {
                    agreeing++;
                }
            }
        }

        return new CrossCheck { Agreeing = agreeing, Differences = differences, Unknown = unknown };
    }

    /// <summary>The name that the built-in catalog has for a host of a public table.</summary>
    /// <param name="tableHost">The name in the table.</param>
    /// <returns>The catalog's name, or the same when the catalog has none.</returns>
    public static string HostOf(string tableHost)
    {
        ArgumentNullException.ThrowIfNull(tableHost);
        return Hosts.TryGetValue(tableHost, out string? host) ? host : tableHost;
    }

    private static decimal? Price(ICostEstimator estimator, string model, string host, TokenBucket bucket, DateTimeOffset at)
    {
        TokenUsage usage = bucket switch
        {
            TokenBucket.Input => new TokenUsage { Input = Tokens },
            TokenBucket.Output => new TokenUsage { Output = Tokens },
            _ => new TokenUsage { CacheRead = Tokens },
        };
        return estimator.Estimate(model, in usage, new CallContext { Host = host, At = at }).AmountOf(bucket) * (1_000_000 / Tokens);
    }
}
