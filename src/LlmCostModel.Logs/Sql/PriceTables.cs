namespace LlmCostModel.Logs;

/// <summary>The prices of an estimator as the rows of five tables, where a query finds those of a call by keys and ranges.</summary>
internal sealed class PriceTables
{
    /// <summary>What every id means at every provider.</summary>
    internal List<ModelRow> Models { get; } = [];

    /// <summary>When which prices of a model hold.</summary>
    internal List<PeriodRow> Periods { get; } = [];

    /// <summary>The same within the day, where hours of the week decide.</summary>
    internal List<HourRow> Hours { get; } = [];

    /// <summary>Which prices hold in a region, where another than no region in particular has others.</summary>
    internal List<RegionRow> Regions { get; } = [];

    /// <summary>The prices by tier, region and size.</summary>
    internal List<RateRow> Rates { get; } = [];

    /// <summary>What has a price that the tables do not have, and why, a sentence each.</summary>
    internal SortedSet<string> Losses { get; } = new(StringComparer.Ordinal);
}

/// <param name="Model">The id.</param>
/// <param name="Provider">The provider in lower case; empty for a call that names none, <c>*</c> for any that no row names.</param>
/// <param name="Prices">The key of the periods; <see langword="null"/> where there is an issue.</param>
/// <param name="Tier">The tier that the id names, for calls that name none.</param>
/// <param name="Issue">Why there is no price.</param>
internal sealed record ModelRow(string Model, string Provider, int? Prices, string? Tier, string? Issue);

/// <param name="Prices">The key.</param>
/// <param name="From">The first instant, in UTC ticks; <see langword="null"/> for ever.</param>
/// <param name="Until">The first instant after it.</param>
/// <param name="Rates">The key of the prices.</param>
/// <param name="Hours">The key of the hours that decide which prices hold.</param>
/// <param name="Issue">Why there is no price.</param>
internal sealed record PeriodRow(int Prices, long? From, long? Until, int? Rates, int? Hours, string? Issue);

/// <param name="Hours">The key.</param>
/// <param name="From">The first instant, in UTC ticks.</param>
/// <param name="Until">The first instant after it, on the same day or the midnight after it.</param>
/// <param name="Rates">The key of the prices.</param>
internal sealed record HourRow(int Hours, long From, long Until, int Rates);

/// <param name="Rates">The key of the prices.</param>
/// <param name="RegionClass">The class of the region of a call, see <see cref="RegionClasses"/>.</param>
/// <param name="Region">The region whose prices they are.</param>
internal sealed record RegionRow(int Rates, string RegionClass, string Region);

/// <param name="Rates">The key.</param>
/// <param name="Tier">The tier in lower case.</param>
/// <param name="Region">The region; empty for a call that names none, and for all regions with the same prices.</param>
/// <param name="Size">Between which sizes of a call they hold.</param>
/// <param name="Prices">The prices.</param>
internal sealed record RateRow(int Rates, string Tier, string Region, SizeRange Size, ProbedPrices Prices);
