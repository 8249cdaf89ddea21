namespace LlmCostModel.Planning;

/// <summary>Reads a cache policy from JSON.</summary>
/// <remarks>
/// <c>{ "match": "prefix" }</c> or <c>{ "match": "entry" }</c> or <c>{ "preset": "anthropic-5m" }</c>, and the properties of the policy by
/// their names in camel case;
/// durations as <c>5m</c>. Unknown names, values that are invalid and properties of the other kind of policy are faults, all reported
/// together.
/// </remarks>
public static class CachePolicyJson
{
    private static readonly string[] Common =
    [
        "preset",
        "match",
        "name",
        "minimumTokens",
        "timeToLive",
        "refreshOnRead",
        "readableAfter",
        "writeBucket",
    ];
    private static readonly string[] Prefix = [.. Common, "granularity", "capacityBlocks"];
    private static readonly string[] Entry =
        [.. Common, "automaticBreakpoint", "maximumBreakpoints", "lookback", "detectCommonPrefix", "billsStorage"];

    /// <summary>Reads a policy.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <param name="name">The name of the text, for faults.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="WorkloadException">The text is not such a policy; the message lists every fault.</exception>
    public static CachePolicy Read(ReadOnlyMemory<byte> utf8Json, string name = "policy") => PlanReader.Read(utf8Json, name, Read)!;

    internal static CachePolicy? Read(PlanReader reader, ConfigNode node)
    {
        CachePolicy? policy = Start(reader, node);
        if (policy is null)
        {
            return null;
        }

        reader.Values.ReportUnknownKeys(node, policy is PrefixCachePolicy ? Prefix : Entry);
        policy = Set("name", reader.Values.ReadText, (with, value) => with with { Name = value! });
        policy = Set("minimumTokens", reader.Values.ReadTokens, (with, value) => with with { MinimumTokens = value!.Value });
        policy = Set("timeToLive", reader.Duration, (with, value) => with with { TimeToLive = value });
        policy = Set("refreshOnRead", reader.Values.ReadFlag, (with, value) => with with { RefreshOnRead = value!.Value });
        policy = Set("readableAfter", reader.Duration, (with, value) => with with { ReadableAfter = value!.Value });
        policy = Set("writeBucket", reader.Values.ReadOneOf<TokenBucket>, (with, value) => with with { WriteBucket = value });
        return policy switch
        {
            PrefixCachePolicy prefix => OfPrefix(reader, node, prefix),
            _ => OfEntry(reader, node, (EntryCachePolicy)policy),
        };

        CachePolicy Set<T>(string key, Func<ConfigNode?, T> read, Func<CachePolicy, T, CachePolicy> change) =>
            read(node[key]) is { } value ? reader.Set(node[key], policy, () => change(policy, value)) : policy;
    }

    private static CachePolicy? Start(PlanReader reader, ConfigNode node)
    {
        if (node["preset"] is { Value: { } preset } named)
        {
            if (node["match"] is { } match)
            {
                reader.Fault(match, "is given beside a preset, which has its own.", "Leave it out.");
            }

            if (!CachePolicies.TryGet(preset, out CachePolicy? policy))
            {
                reader.Fault(
                    named,
                    "is not a known policy.",
                    $"Known: {string.Join(", ", CachePolicies.All.Keys.Order(StringComparer.Ordinal))}.");
            }

            return policy;
        }

        switch (node["match"]?.Value)
        {
            case "prefix":
                return new PrefixCachePolicy();
            case "entry":
                return new EntryCachePolicy();
            default:
                reader.Missing(node, "match", "Write \"match\": \"prefix\", \"match\": \"entry\" or \"preset\" with the name of a policy.");
                return null;
        }
    }

    private static PrefixCachePolicy OfPrefix(PlanReader reader, ConfigNode node, PrefixCachePolicy policy)
    {
        if (reader.Integer(node["granularity"]) is { } granularity)
        {
            policy = reader.Set(node["granularity"], policy, () => policy with { Granularity = granularity });
        }

        return reader.Values.ReadTokens(node["capacityBlocks"]) is { } capacity
            ? reader.Set(node["capacityBlocks"], policy, () => policy with { CapacityBlocks = capacity })
            : policy;
    }

    private static EntryCachePolicy OfEntry(PlanReader reader, ConfigNode node, EntryCachePolicy policy)
    {
        if (reader.Integer(node["maximumBreakpoints"]) is { } breakpoints)
        {
            policy = reader.Set(node["maximumBreakpoints"], policy, () => policy with { MaximumBreakpoints = breakpoints });
        }

        if (reader.Integer(node["lookback"]) is { } lookback)
        {
            policy = reader.Set(node["lookback"], policy, () => policy with { Lookback = lookback });
        }

        policy = policy with
        {
            AutomaticBreakpoint = reader.Values.ReadFlag(node["automaticBreakpoint"]) ?? policy.AutomaticBreakpoint,
            DetectCommonPrefix = reader.Values.ReadFlag(node["detectCommonPrefix"]) ?? policy.DetectCommonPrefix,
            BillsStorage = reader.Values.ReadFlag(node["billsStorage"]) ?? policy.BillsStorage,
        };
        if (policy.BillsStorage && (policy.TimeToLive is null || policy.DetectCommonPrefix))
        {
            reader.Fault(
                node["billsStorage"] ?? node,
                "has storage that is billed, but entries that never expire or that it makes of its own.",
                "Write a timeToLive, and leave detectCommonPrefix out.");
        }

        return policy;
    }
}
