using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>All that an estimate says, without the prices it comes from.</summary>
internal sealed record StoredEstimate
{
    internal static readonly JsonObject<StoredEstimate> Json = new JsonObject<StoredEstimate>(() => new())
        .Optional("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Required("status", JsonOf.Name<CostStatus>(), value => value.Status, (owner, value) => owner with { Status = value })
        .Maybe("total", JsonOf.Value<Money>(), value => value.Total, (owner, value) => owner with { Total = value })
        .Optional("usage", JsonOf.Value<TokenUsage>(), value => value.Usage, (owner, value) => owner with { Usage = value })
        .Optional("amounts", EstimateAmount.Json, value => value.Amounts, (owner, value) => owner with { Amounts = value })
        .Optional("rateCard", JsonOf.Text, value => value.RateCard, (owner, value) => owner with { RateCard = value })
        .Optional("issues", JsonOf.List(JsonOf.Value<CostIssue>()), value => value.Issues, (owner, value) => owner with { Issues = value })
        .Finish(value => value.Total is null == (value.Status == CostStatus.Unpriced)
            ? value
            : throw new JsonException($"An estimate that is {value.Status} {(value.Total is null ? "needs a" : "has no")} total."));

    internal CostStatus Status { get; init; }

    internal Money? Total { get; init; }

    internal string? Model { get; init; }

    internal string? Provider { get; init; }

    internal string? RateCard { get; init; }

    internal TokenUsage Usage { get; init; }

    internal IReadOnlyList<CostIssue> Issues { get; init => field = EquatableList<CostIssue>.Of(value); } = [];

    internal IReadOnlyList<EstimateAmount> Amounts { get; init => field = EquatableList<EstimateAmount>.Of(value); } = [];

    internal static StoredEstimate Of(in CostEstimate estimate) => new()
    {
        Status = estimate.Status,
        Total = estimate.Total,
        Model = estimate.Model,
        Provider = estimate.Provider,
        RateCard = estimate.RateCard,
        Usage = estimate.Usage,
        Issues = estimate.Issues,
        Amounts = estimate.GetAmounts(),
    };

    /// <summary>The amount of a bucket or meter: 0 when none of it was used, unless nothing was priced.</summary>
    internal decimal? GetAmount(string name, bool isUsed)
    {
        EstimateAmount? found = Amounts.FirstOrDefault(amount => amount.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found is not null ? found.Amount : isUsed || Status == CostStatus.Unpriced ? null : 0;
    }
}

/// <summary>What one bucket or meter of an estimate cost.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Amount">The amount; <see langword="null"/> when the price is not known.</param>
internal sealed record EstimateAmount(string Name, decimal? Amount)
{
    /// <summary>Amounts by name. One that is not known is a null, because it says something: this was used, and nobody knows its
    /// price.</summary>
    internal static readonly JsonConverter<IReadOnlyList<EstimateAmount>> Json =
        JsonOf.By<IReadOnlyList<EstimateAmount>, IReadOnlyList<KeyValuePair<string, decimal?>>>(
            JsonOf.Entries(JsonOf.OrNull(JsonOf.Decimal)),
            amounts => [.. amounts.Select(amount => KeyValuePair.Create(amount.Name, amount.Amount))],
            entries => [.. entries.Select(entry => new EstimateAmount(entry.Key, entry.Value))]);
}
