namespace LlmCostModel.Logs;

/// <summary>What the charges of one row have in common.</summary>
internal sealed record FocusKey
{
    public required FocusPeriod Charged { get; init; }

    public required FocusPeriod Billed { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required string? Region { get; init; }

    public required string Tier { get; init; }

    public required string Currency { get; init; }

    /// <summary>Whether the price is stated for all that the call may consume, or a part of it has none.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>The tags as a JSON object; null without tags.</summary>
    public required string? Tags { get; init; }

    /// <summary>The place of the charge in a receipt, so that rows are in its order.</summary>
    public required int Place { get; init; }

    public required string Meter { get; init; }

    public required string Slug { get; init; }

    public required TokenBucket? Bucket { get; init; }

    /// <summary>What a line counts in, in the plural; null for what is taken of other charges and has no quantity.</summary>
    public required string? Units { get; init; }

    public required decimal Rate { get; init; }

    public required decimal ListRate { get; init; }

    public required decimal Per { get; init; }

    public required string Rules { get; init; }

    public required string ListRules { get; init; }

    public required string RateCard { get; init; }

    public required string? Source { get; init; }

    /// <summary>Orders rows by time, then by what they are for.</summary>
    public static int Compare(FocusKey left, FocusKey right)
    {
        int order = left.Charged.Start.CompareTo(right.Charged.Start);
        for (int i = 0; order == 0 && i < Parts.Length; i++)
        {
            order = string.CompareOrdinal(Parts[i](left), Parts[i](right));
        }

        order = order != 0 ? order : left.Place.CompareTo(right.Place);
        order = order != 0 ? order : string.CompareOrdinal(left.Meter, right.Meter);
        order = order != 0 ? order : left.Rate.CompareTo(right.Rate);
        order = order != 0 ? order : string.CompareOrdinal(left.Rules, right.Rules);
        return order != 0 ? order : left.Status.CompareTo(right.Status);
    }

    private static readonly Func<FocusKey, string?>[] Parts =
        [key => key.Provider, key => key.Model, key => key.Currency, key => key.Region, key => key.Tier, key => key.Tags];
}
