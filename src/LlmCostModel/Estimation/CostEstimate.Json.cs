using System.Text.Json.Serialization;

namespace LlmCostModel;

// An estimate as it is stored and read back. It then has its parts, and no prices behind them.
[JsonConverter(typeof(JsonValueConverter<CostEstimate>))]
public partial struct CostEstimate : IJsonValue<CostEstimate>
{
    /// <summary>An estimate that was read back, or whose usage stands elsewhere.</summary>
    internal CostEstimate(StoredEstimate stored)
    {
        _usage = stored.Usage;
        _status = stored.Status;
        _total = stored.Total?.Amount ?? 0;
        _details = stored;
    }

    static JsonConverter<CostEstimate> IJsonValue<CostEstimate>.Json => Shape.Instance;

    private readonly StoredEstimate? Stored => _details as StoredEstimate;

    /// <summary>The amounts of everything that was used, by the names of JSON; <see langword="null"/> where the price is not
    /// known.</summary>
    internal readonly IReadOnlyList<EstimateAmount> GetAmounts()
    {
        if (Stored is { } stored)
        {
            return stored.Amounts;
        }

        if (_row is null || _details is CostIssue)
        {
            return [];
        }

        List<EstimateAmount> amounts = [];
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (_usage[row.Bucket] != 0)
            {
                amounts.Add(new(row.JsonName, GetAmount(row.Bucket)));
            }
        }

        foreach (string name in Calculation?.NamesBesideTokens ?? [])
        {
            amounts.Add(new(MeteredQuantities.JsonNameOf(name), GetAmount(name)));
        }

        return amounts;
    }

    /// <summary>The same estimate with another usage beside it.</summary>
    internal readonly CostEstimate WithUsage(in TokenUsage usage) =>
        usage == _usage ? this : new(StoredEstimate.Of(in this) with { Usage = usage });

    private static class Shape
    {
        internal static readonly JsonConverter<CostEstimate> Instance = JsonOf.By(
            StoredEstimate.Json, (CostEstimate estimate) => StoredEstimate.Of(in estimate), stored => new CostEstimate(stored));
    }
}
