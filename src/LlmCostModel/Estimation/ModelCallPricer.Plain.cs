using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <content>The calls that most are: a model that answered, its tokens and its time, and nothing to say besides.</content>
internal sealed partial class ModelCallPricer
{
    /// <summary>Prices a call that needs none of the steps for others; <see langword="null"/> when it does.</summary>
    /// <remarks>Logs have millions of these (LogReaderBenchmarks). Every step that is left out is one whose condition does not hold
    /// here, so that the result is the same.</remarks>
    internal static PricedCall? PricePlain(RateStore store, ModelCall call)
    {
        ref readonly UsageReading said = ref call.Said;
        PriceIndex index = store.Index;
        if (!IsPlain(call, in said)
            || !index.Pools.IsEmpty
            || index.ReadInResponse(said.Model!, said.Api) is not null)
        {
            return null;
        }

        CallContext context = call.Context;
        if (context.At is not { } at)
        {
            return null;
        }

        ResolvedModel resolved = index.Find(said.Model!, in context).At(in context, store.Clock);
        TokenUsage usage = said.Usage.GetValueOrDefault();
        Unsafe.SkipInit(out CostEstimate estimate);
        if (resolved.Note is not null
            || !CallPricer.TryPriceByRules(store.Clock, resolved, in usage, in context, ref estimate)
            || estimate.Row!.Version is not { } version
            || !IsWithoutRemark(version, estimate.Row, at))
        {
            return null;
        }

        Money total = estimate.Total.GetValueOrDefault();
        return new PricedCall
        {
            Call = call,
            Context = context,
            Parts = [new PricedPart { Role = CallRole.Main, Model = said.Model, Usage = usage, Estimate = estimate }],
            Status = CostStatus.Priced,
            Totals = [total],
            Issues = [],
        };
    }

    /// <summary>Whether it states a usage and nothing that asks for another part, a note or a doubt.</summary>
    private static bool IsPlain(ModelCall call, in UsageReading said) =>
        said.Status == UsageStatus.Complete
        && said.Model is not null
        && said.Calls == 1
        && said.Nested.IsEmpty
        && said.CacheMiss is null
        && said.Meters.Count == 0
        && said.Usage is { CacheWrite: 0 }
        && call.RequestedModel is null
        && call.Asked is { Tier: null, Region: null, Batch: null or false };

    /// <summary>Whether the price is a promise that holds, in money, without overlays, and assumes no attribute.</summary>
    private static bool IsWithoutRemark(CompiledVersion version, PriceRow row, DateTimeOffset at) =>
        version is { Worth: null, Version.Defaults.Count: 0 }
        && version.Pricing.Card.PricesLastDays is null
        && !(version.Version.GuaranteedUntil <= at)
        && (row.Combination.Matched & version.OverlayRules).IsEmpty;
}
