using System.Globalization;

namespace LlmCostModel.Catalog.Tests.Agreement;

/// <summary>One price of a model: ours, those of the tables, and whether a page of the provider states ours.</summary>
internal sealed record ComparedPrice(TokenBucket Bucket, decimal? Ours, IReadOnlyList<decimal?> Tables, bool IsOnPage)
{
    internal bool IsInTwoTables => Ours is not null && Tables.Count(price => price == Ours) >= 2;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Bucket} {Ours:0.######}, tables {string.Join(", ", Tables.Select(Shown))}{(IsOnPage ? ", page too" : "")}");

    private static string Shown(decimal? price) => price?.ToString("0.######", CultureInfo.InvariantCulture) ?? "-";
}
