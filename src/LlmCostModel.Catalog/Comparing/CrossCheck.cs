using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Catalog;

/// <summary>How far the prices of an estimator and those of an imported table agree. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CrossCheck>))]
public sealed record CrossCheck : IJsonValue<CrossCheck>
{
    /// <summary>Small enough to be below every context tier, so that base prices meet.</summary>
    private const long Tokens = 1_000;

    /// <summary>Enough to be above every minimum.</summary>
    private const decimal Units = 100_000;

    /// <summary>Gets the number of models whose prices agree: the estimator has every price that the table states, and it is the same.
    /// </summary>
    public required int Agreeing { get; init; }

    /// <summary>Gets the number of models whose prices agree as far as both state them, while the table states more: those prices are in
    /// <see cref="OnlyInTable"/>.</summary>
    public required int Lacking { get; init; }

    /// <summary>Gets the number of models with a price that differs: the prices are in <see cref="Differences"/>.</summary>
    public required int Differing { get; init; }

    /// <summary>Gets the prices that differ; <see cref="PriceDifference.Before"/> is the estimator's, <see cref="PriceDifference.After"/>
    /// the table's.</summary>
    public required IReadOnlyList<PriceDifference> Differences { get; init => field = EquatableList<PriceDifference>.Of(value); } = [];

    /// <summary>Gets the prices that only the table states, of models that the estimator prices otherwise;
    /// <see cref="PriceDifference.Before"/> is <see langword="null"/>.</summary>
    public required IReadOnlyList<PriceDifference> OnlyInTable { get; init => field = EquatableList<PriceDifference>.Of(value); } = [];

    /// <summary>Gets the models of the table that the estimator does not price, each at its provider.</summary>
    public required IReadOnlyList<ModelAtProvider> Unknown { get; init => field = EquatableList<ModelAtProvider>.Of(value); } = [];

    /// <summary>Compares every base price of a table, of tokens and of meters, with what the estimator charges at the standard tier in no
    /// region; of a model that was retired, in its last moment.</summary>
    /// <param name="estimator">The estimator, usually with the built-in catalog.</param>
    /// <param name="table">The imported table.</param>
    /// <param name="at">The instant whose prices are compared.</param>
    /// <returns>The result; models at providers that the estimator does not know are <see cref="Unknown"/>.</returns>
    public static CrossCheck Compare(ICostEstimator estimator, ImportResult table, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(table);
        CostEstimator theirs = new(table.RateCards);
        int agreeing = 0;
        int lacking = 0;
        int differing = 0;
        List<PriceDifference> differences = [];
        List<PriceDifference> onlyInTable = [];
        List<ModelAtProvider> unknown = [];
        foreach (RateCard card in table.RateCards)
        {
            string provider = ToProvider(card.Provider!);
            foreach (ModelPricing model in card.Models)
            {
                (string What, decimal? Ours, decimal? Other)[] stated =
                    [.. Prices(model, estimator, provider, theirs, card.Provider!, at).Where(price => price.Other is not null)];
                if (stated.All(price => price.Ours is null))
                {
                    unknown.Add(new ModelAtProvider { Provider = provider, Model = model.Id });
                    continue;
                }

                PriceDifference[] apart =
                [
                    .. from price in stated
                       where price.Ours != price.Other
                       select new PriceDifference
                       {
                           Provider = provider,
                           Model = model.Id,
                           What = price.What,
                           Before = price.Ours,
                           After = price.Other,
                       },
                ];
                differences.AddRange(apart.Where(price => price.Before is not null));
                onlyInTable.AddRange(apart.Where(price => price.Before is null));
                bool isDiffering = apart.Any(price => price.Before is not null);
                agreeing += apart.Length == 0 ? 1 : 0;
                lacking += apart.Length > 0 && !isDiffering ? 1 : 0;
                differing += isDiffering ? 1 : 0;
            }
        }

        return new CrossCheck
        {
            Agreeing = agreeing,
            Lacking = lacking,
            Differing = differing,
            Differences = differences,
            OnlyInTable = onlyInTable,
            Unknown = unknown,
        };
    }

    /// <summary>The name that the built-in catalog has for a provider of a public table.</summary>
    /// <param name="tableProvider">The name in the table.</param>
    /// <returns>The catalog's name, or the same when the catalog has none.</returns>
    public static string ToProvider(string tableProvider)
    {
        ArgumentNullException.ThrowIfNull(tableProvider);
        return TableProviders.NameOf(tableProvider);
    }

    /// <summary>What both charge for everything that the table prices.</summary>
    private static IEnumerable<(string What, decimal? Ours, decimal? Other)> Prices(
        ModelPricing model,
        ICostEstimator ours,
        string ourProvider,
        CostEstimator theirs,
        string theirProvider,
        DateTimeOffset at)
    {
        PriceVersion stated = model.GetVersion(at) ?? new PriceVersion();
        DateTimeOffset served = LastServed.Find(ours, model.Id, ourProvider, at);
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            if (stated.PerMillionTokens[bucket] is not null)
            {
                yield return (
                    bucket.ToString(),
                    Price(ours, model.Id, ourProvider, bucket, served),
                    Price(theirs, model.Id, theirProvider, bucket, at));
            }
        }

        foreach (string meter in stated.PerMeter.Keys)
        {
            yield return (meter, Price(ours, model.Id, ourProvider, meter, served), Price(theirs, model.Id, theirProvider, meter, at));
        }
    }

    private static decimal? Price(ICostEstimator estimator, string model, string provider, TokenBucket bucket, DateTimeOffset at)
    {
        TokenUsage usage = new() { [bucket] = Tokens };
        return estimator.Estimate(model, in usage, new CallContext { Provider = provider, At = at }).GetAmount(bucket)
            * (1_000_000 / Tokens);
    }

    private static decimal? Price(ICostEstimator estimator, string model, string provider, string meter, DateTimeOffset at) =>
        estimator
            .Estimate(model, default, new CallContext { Provider = provider, At = at }, MeteredQuantities.Empty.With(meter, Units))
            .GetAmount(meter) / Units;

    /// <summary>Shows how far both agree.</summary>
    /// <returns>Such as <c>412 models agree, 9 lack a price of the table, 14 differ, 20 models are unknown</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Agreeing} models agree, {Lacking} lack a price of the table, {Differing} differ, {Unknown.Count} models are unknown");

    private static readonly JsonObject<CrossCheck> Shape = new JsonObject<CrossCheck>(
        () => new() { Agreeing = 0, Lacking = 0, Differing = 0, Differences = [], OnlyInTable = [], Unknown = [] })
        .Required("agreeing", JsonOf.Int32, value => value.Agreeing, (owner, value) => owner with { Agreeing = value })
        .Required("lacking", JsonOf.Int32, value => value.Lacking, (owner, value) => owner with { Lacking = value })
        .Required("differing", JsonOf.Int32, value => value.Differing, (owner, value) => owner with { Differing = value })
        .Optional("differences", JsonOf.List(JsonOf.Value<PriceDifference>()),
            value => value.Differences, (owner, value) => owner with { Differences = value })
        .Optional("onlyInTable", JsonOf.List(JsonOf.Value<PriceDifference>()),
            value => value.OnlyInTable, (owner, value) => owner with { OnlyInTable = value })
        .Optional("unknown", JsonOf.List(JsonOf.Value<ModelAtProvider>()),
            value => value.Unknown, (owner, value) => owner with { Unknown = value });

    static JsonConverter<CrossCheck> IJsonValue<CrossCheck>.Json => Shape;
}
