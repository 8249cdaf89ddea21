namespace LlmCostModel.Planning;

/// <summary>Chooses the policy that a candidate is simulated under.</summary>
internal static class CandidateCache
{
    /// <summary>The candidate's policy with the minimum of its model, or the model's own policy where that is asked for.</summary>
    /// <param name="estimator">Knows which model an id is.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="at">The instant at which the id counts; <see langword="null"/> for now.</param>
    /// <param name="words">Takes what is to be said about the choice.</param>
    /// <exception cref="ArgumentException">The model's own cache is asked for and not known.</exception>
    internal static CachePolicy? Choose(ICostEstimator estimator, WorkloadCandidate candidate, DateTimeOffset? at, RunWords words)
    {
        if (candidate.Cache is null && !candidate.UsesModelCache)
        {
            return null;
        }

        CallContext context = candidate.Context with { At = at };
        ModelResolution? model = Resolve(estimator, candidate.Model, context);
        ModelCache? known = model is null ? null : ModelCache.Find(model);
        return candidate.Cache is null ? OfModel(estimator, candidate, context, model, known, words)
            : Named(candidate.Cache, candidate, model, known, words);
    }

    private static ModelResolution? Resolve(ICostEstimator estimator, string model, CallContext context)
    {
        try
        {
            return estimator.Explain(model, default, in context).Resolution;
        }
        catch (UnpricedException)
        {
            return null; // told when it is priced
        }
    }

    private static CachePolicy? OfModel(
        ICostEstimator estimator,
        WorkloadCandidate candidate,
        CallContext context,
        ModelResolution? model,
        ModelCache? known,
        RunWords words)
    {
        if (known is not null)
        {
            return known.Policies[0];
        }

        if (model is null || !SellsReads(estimator, candidate.Model, context))
        {
            words.Note($"'{candidate.Model}' has no price for cache reads: it is priced without a cache.");
            return null;
        }

        throw new ArgumentException(
            $"Which cache '{model.ModelId}' has at {model.Provider ?? "its provider"} is not known here. Name a policy for "
                + $"'{candidate.Label ?? candidate.Model}' in place of auto, or leave the cache out.");
    }

    private static bool SellsReads(ICostEstimator estimator, string model, CallContext context)
    {
        try
        {
            return estimator.Estimate(model, new TokenUsage { CacheRead = 1 }, in context).Status == CostStatus.Priced;
        }
        catch (UnpricedException)
        {
            return false;
        }
    }

    private static CachePolicy Named(
        CachePolicy policy,
        WorkloadCandidate candidate,
        ModelResolution? model,
        ModelCache? known,
        RunWords words)
    {
        bool isPreset = CachePolicies.TryGet(policy.Name, out CachePolicy? preset)
            && preset.Source is not null
            && preset != CachePolicies.Vllm;
        if (known is not null && isPreset && !known.Has(policy))
        {
            words.Note(
                $"'{policy.Name}' is not a cache of '{model!.ModelId}' at {model.Provider}, which has "
                    + $"{string.Join(" and ", known.Policies.Select(own => own.Name))} ({known.Source}, {known.AsOf:yyyy-MM-dd}).");
        }

        CachePolicy fitted = known?.Fit(policy) ?? policy;
        if (fitted.MinimumByModel && (known is null || known.Has(policy)))
        {
            words.Assume(FormattableString.Invariant(
                $"Prompts are cached from {fitted.MinimumTokens} tokens on: the minimum differs by model, and that of '{candidate.Model}' ")
                + "is not known here.");
        }

        return fitted;
    }
}
