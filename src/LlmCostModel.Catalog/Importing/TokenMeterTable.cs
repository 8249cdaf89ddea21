using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads a provider's file of TokenMeter: USD per 1,000,000 tokens, with tiers, factors and scheduled prices.</summary>
internal static class TokenMeterTable
{
    private static readonly FrozenDictionary<string, TokenBucket> Prices = new Dictionary<string, TokenBucket>
    {
        ["inputPricePerMillion"] = TokenBucket.Input,
        ["outputPricePerMillion"] = TokenBucket.Output,
        ["cacheReadPricePerMillion"] = TokenBucket.CacheRead,
        ["cacheWritePricePerMillion"] = TokenBucket.CacheWrite,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TokenBucket> Modalities = new Dictionary<string, TokenBucket>
    {
        ["input.audio"] = TokenBucket.AudioInput,
        ["input.image"] = TokenBucket.ImageInput,
        ["input.video"] = TokenBucket.VideoInput,
        ["cacheRead.audio"] = TokenBucket.AudioCacheRead,
        ["cacheRead.image"] = TokenBucket.ImageCacheRead,
        ["cacheRead.video"] = TokenBucket.VideoCacheRead,
        ["output.audio"] = TokenBucket.AudioOutput,
        ["output.image"] = TokenBucket.ImageOutput,
        ["output.video"] = TokenBucket.VideoOutput,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TokenBucket> Writes = new Dictionary<string, TokenBucket>
    {
        ["5m"] = TokenBucket.CacheWrite5m,
        ["30m"] = TokenBucket.CacheWrite30m,
        ["1h"] = TokenBucket.CacheWrite1h,
        ["12h"] = TokenBucket.CacheWrite12h,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Tools = new Dictionary<string, string>
    {
        ["web_search"] = "WebSearch",
        ["x_search"] = "XSearch",
        ["file_search"] = "FileSearchCall",
        ["code_execution"] = "CodeExecution",
    }.ToFrozenDictionary();

    /// <summary>What says nothing of a price: names, limits, and what a model can do.</summary>
    private static readonly FrozenSet<string> NoPrices = FrozenSet.ToFrozenSet(
    [
        "modelId", "displayName", "modelType", "isInstructTuned", "contextWindow", "maxOutputTokens", "priceSource", "promptCachingMode",
        "reasoningMode", "thinkingFormat", "thinkingTagPattern", "thinkingFieldName", "supportsInterleavedThinking", "maxThinkingTokens",
        "toolCallingFormat", "deprecationDate",
    ]);

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        IEnumerable<JsonElement> files = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];
        foreach (JsonElement file in files)
        {
            string provider = ProviderOf(file.Text("provider") ?? throw new FormatException("'provider' is missing."));
            foreach ((int number, JsonElement model) in file.Required("models").EnumerateArray().Index())
            {
                string id = model.Text("modelId") ?? $"#{number}";
                yield return new ImportedEntry($"{provider}/{id}", provider, id).Read(entry => Read(entry, model));
            }
        }
    }

    private static string ProviderOf(string name) => TableProviders.NameOf(name.ToLowerInvariant().Replace(' ', '-'));

    private static void Read(ImportedEntry entry, JsonElement model)
    {
        if (entry.ModelId.StartsWith('#'))
        {
            entry.Refuse("has no modelId");
        }

        JsonElement[] scheduled = [.. model.List("scheduledPrices").OrderBy(one => one.Text("effectiveFrom"), StringComparer.Ordinal)];
        DateTimeOffset[] begins = [.. scheduled.Select(one => TableJson.Date("effectiveFrom", one.Text("effectiveFrom") ?? ""))];
        DateTimeOffset? end = model.Text("retirementDate") is { } day ? TableJson.Date("retirementDate", day) : null;
        ImportedVersion version = entry.AddVersion(until: begins.Length > 0 ? begins[0] : end);
        foreach (JsonProperty field in model.EnumerateObject())
        {
            ReadField(entry, version, field);
        }

        // What a scheduled price does not name stays as it is.
        for (int i = 0; i < scheduled.Length; i++)
        {
            ImportedVersion later = entry.AddVersion(begins[i], i + 1 < begins.Length ? begins[i + 1] : end);
            foreach (JsonProperty field in model.EnumerateObject())
            {
                if (!scheduled[i].TryGetProperty(field.Name, out _))
                {
                    ReadField(entry, later, field, isSecondTime: true);
                }
            }

            foreach (JsonProperty field in scheduled[i].EnumerateObject().Where(field => field.Name != "effectiveFrom"))
            {
                ReadField(entry, later, field);
            }
        }
    }

    private static void ReadField(ImportedEntry entry, ImportedVersion version, JsonProperty field, bool isSecondTime = false)
    {
        if (Prices.TryGetValue(field.Name, out TokenBucket bucket))
        {
            version.Set(bucket, entry.Price(field.Name, field.Value, 1));
            return;
        }

        switch (field.Name)
        {
            case "modalityPrices":
                ReadModalities(entry, version, field.Value);
                break;
            case "cacheWritePrices":
                ReadWrites(entry, field.Value, version.Set);
                break;
            case "pricingTiers":
                ReadTiers(entry, version, field.Value);
                break;
            case "serviceTierMultipliers":
                ReadFactors(entry, field, factor => new PriceCondition { Tiers = [factor] }, version);
                break;
            case "regionalMultipliers":
                ReadFactors(entry, field, factor => new PriceCondition { Regions = [factor] }, version);
                break;
            case "toolCallPricesPerThousand":
                ReadTools(entry, version, field.Value);
                break;
            case "aliases" when !isSecondTime:
                ReadAliases(entry, field.Value);
                break;
            case "replacementModelId" when !isSecondTime:
                entry.Lose(field.Name, "a successor is a note of a life cycle, not a price");
                break;
            case "aliases" or "replacementModelId" or "scheduledPrices" or "retirementDate":
                break;
            default:
                if (!isSecondTime && !NoPrices.Contains(field.Name) && !field.Name.StartsWith("supports", StringComparison.Ordinal))
                {
                    entry.Lose(field.Name, "no price or condition here corresponds to the key");
                }

                break;
        }
    }

    private static void ReadModalities(ImportedEntry entry, ImportedVersion version, JsonElement uses)
    {
        foreach (JsonProperty use in uses.EnumerateObject())
        {
            foreach (JsonProperty modality in use.Value.EnumerateObject())
            {
                string name = $"{use.Name}.{modality.Name}";
                if (Modalities.TryGetValue(name, out TokenBucket bucket))
                {
                    version.Set(bucket, entry.Price(name, modality.Value, 1));
                }
                else if (name != "input.text" && name != "output.text" && name != "cacheRead.text")
                {
                    entry.Lose($"modalityPrices.{name}", "no bucket here corresponds to it");
                }
            }
        }
    }

    private static void ReadWrites(ImportedEntry entry, JsonElement writes, Action<TokenBucket, decimal?> set)
    {
        foreach (JsonElement write in writes.EnumerateArray())
        {
            if (Writes.TryGetValue(write.Text("ttl") ?? "", out TokenBucket bucket))
            {
                set(bucket, entry.Price("cacheWritePrices", write.Required("pricePerMillion"), 1));
            }
            else
            {
                entry.Lose("cacheWritePrices", $"writes for '{write.Text("ttl")}' have no bucket here");
            }
        }
    }

    private static void ReadTiers(ImportedEntry entry, ImportedVersion version, JsonElement tiers)
    {
        foreach (JsonElement tier in tiers.EnumerateArray())
        {
            (string Name, PriceCondition When)? rule = tier.Text("axis") switch
            {
                "ContextLength" => FromTokens(tier.RequiredWhole("minContextLengthTokens")),
                "TimeOfDay" when tier.Text("windowStartUtc") is { } start && tier.Text("windowEndUtc") is { } end => Within(start, end),
                _ => null,
            };
            if (rule is not { } known)
            {
                entry.Lose("pricingTiers", $"a tier of the axis '{tier.Text("axis")}' has no condition here");
                continue;
            }

            void Set(TokenBucket bucket, decimal? price)
            {
                if (price is { } amount)
                {
                    version.SetIn(known.Name, known.When, bucket, amount);
                }
            }

            foreach (JsonProperty field in tier.EnumerateObject().Where(field => Prices.ContainsKey(field.Name)))
            {
                Set(Prices[field.Name], entry.Price(field.Name, field.Value, 1));
            }

            if (tier.TryGetProperty("cacheWritePrices", out JsonElement writes) && writes.ValueKind == JsonValueKind.Array)
            {
                ReadWrites(entry, writes, Set);
            }
        }
    }

    private static (string Name, PriceCondition When) FromTokens(long tokens) => (
        string.Create(CultureInfo.InvariantCulture, $"from {tokens}"),
        new PriceCondition { Tokens = [new TokenThreshold(TokenBasis.TotalInput, ThresholdComparison.From, tokens)] });

    private static (string Name, PriceCondition When) Within(string start, string end)
    {
        TimeOnly from = TimeOnly.ParseExact(start, "HH:mm", CultureInfo.InvariantCulture);
        TimeOnly until = TimeOnly.ParseExact(end, "HH:mm", CultureInfo.InvariantCulture);
        return ($"{start}-{end}", new PriceCondition { Schedule = new WeeklySchedule { Daily = [new DailyWindow(from, until)] } });
    }

    private static void ReadFactors(ImportedEntry entry, JsonProperty factors, Func<string, PriceCondition> when, ImportedVersion version)
    {
        foreach (JsonProperty factor in factors.Value.EnumerateObject())
        {
            string name = factor.Name.ToLowerInvariant();
            if (name != "standard" && entry.Price(factors.Name, factor.Value, 1) is { } value)
            {
                version.Multiply(name, when(name), value);
            }
        }
    }

    private static void ReadTools(ImportedEntry entry, ImportedVersion version, JsonElement tools)
    {
        foreach (JsonProperty tool in tools.EnumerateObject())
        {
            if (!Tools.TryGetValue(tool.Name, out string? meter))
            {
                entry.Lose($"toolCallPricesPerThousand.{tool.Name}", "no meter here corresponds to the tool");
            }
            else if (entry.Price(tool.Name, tool.Value, 1) is { } price)
            {
                version.Set(meter, new MeterPrice { Price = price, Per = 1_000 });
            }
        }
    }

    /// <summary>An id means one model here; what begins or contains a pattern is another id.</summary>
    private static void ReadAliases(ImportedEntry entry, JsonElement aliases)
    {
        foreach (JsonElement alias in aliases.EnumerateArray())
        {
            string? pattern = alias.Text("pattern");
            if (pattern == entry.ModelId)
            {
                continue;
            }

            if (alias.Text("type") is "exact" && entry.Alias is null)
            {
                entry.Alias = pattern;
            }
            else
            {
                entry.Lose("aliases", $"'{pattern}' ({alias.Text("type")}): ids are matched whole here, and one alias is taken");
            }
        }
    }
}
