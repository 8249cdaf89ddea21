using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A policy of either kind as JSON: <c>prefix</c> or <c>entry</c>, and the policy under that name.</summary>
internal static class CachePolicyShape
{
    internal static readonly JsonConverter<CachePolicy> Instance = JsonOf.By(
        new JsonObject<Either>(() => new(null, null))
            .Optional("prefix", PrefixCachePolicy.Shape, either => either.Prefix, (either, value) => either with { Prefix = value })
            .Optional("entry", EntryCachePolicy.Shape, either => either.Entry, (either, value) => either with { Entry = value })
            .Finish(either => either.Prefix is null != either.Entry is null
                ? either
                : throw new JsonException("A cache policy is 'prefix' or 'entry'.")),
        (CachePolicy policy) => new Either(policy as PrefixCachePolicy, policy as EntryCachePolicy),
        either => either.Prefix ?? (CachePolicy)either.Entry!);

    private sealed record Either(PrefixCachePolicy? Prefix, EntryCachePolicy? Entry);
}
