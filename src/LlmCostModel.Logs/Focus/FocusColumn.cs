using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>A column: its name, the version that has it, and what it says of a row.</summary>
/// <param name="Name">The name, as the specification has it.</param>
/// <param name="Read">Reads the value; null where it is empty.</param>
/// <param name="Version">The only version that has it; null for all.</param>
/// <param name="Kind">What it is where values have types.</param>
internal sealed record FocusColumn(
    string Name, Func<FocusRow, FocusOptions, string?> Read, string? Version = null, ParquetKind Kind = ParquetKind.Text)
{
    private const string BeforeHosts = "1.2";
    private const string WithHosts = "1.4";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All columns. 1.3 split the provider from who hosts for it, and 1.4 left out what it replaced.</summary>
    /// <remarks>https://focus.finops.org/focus-specification/v1-2, and v1-4, read 2026-11-27.</remarks>
    public static FocusColumn[] All { get; } =
    [
        Of("BilledCost", row => Number(row.Cost), kind: ParquetKind.Decimal),
        new("BillingAccountId", (_, options) => options.BillingAccountId),
        new("BillingAccountName", (_, options) => options.BillingAccountName),
        Of("BillingCurrency", row => row.Key.Currency),
        Of("BillingPeriodEnd", row => AmountFormat.ToText(row.Key.Billed.End), kind: ParquetKind.Instant),
        Of("BillingPeriodStart", row => AmountFormat.ToText(row.Key.Billed.Start), kind: ParquetKind.Instant),
        Of("ChargeCategory", row => row.Key.Units is null ? "Adjustment" : "Usage"),
        Of("ChargeClass", _ => null),
        Of("ChargeDescription", DescriptionOf),
        Of("ChargeFrequency", _ => "Usage-Based"),
        Of("ChargePeriodEnd", row => AmountFormat.ToText(row.Key.Charged.End), kind: ParquetKind.Instant),
        Of("ChargePeriodStart", row => AmountFormat.ToText(row.Key.Charged.Start), kind: ParquetKind.Instant),
        Of("ConsumedQuantity", row => Number(row.Consumed), kind: ParquetKind.Decimal),
        Of("ConsumedUnit", row => row.Key.Units),
        Of("ContractedCost", row => Number(row.Cost), kind: ParquetKind.Decimal),
        Of("ContractedUnitPrice", row => Number(row.UnitPrice), kind: ParquetKind.Decimal),
        Of("EffectiveCost", row => Number(row.Cost), kind: ParquetKind.Decimal),
        Of("HostProviderName", row => FocusProviders.NameOf(row.Key.Provider), WithHosts),
        Of("InvoiceId", _ => null), // an estimate is on no invoice
        Of("InvoiceIssuerName", row => FocusProviders.NameOf(row.Key.Provider)),
        Of("ListCost", row => Number(row.ListCost), kind: ParquetKind.Decimal),
        Of("ListUnitPrice", row => Number(row.ListUnitPrice), kind: ParquetKind.Decimal),
        Of("PricingCategory", row => row.Key.Units is null ? null : "Standard"),
        Of("PricingQuantity", row => Number(row.Priced), kind: ParquetKind.Decimal),
        Of("PricingUnit", row => row.Key.Units is null ? null : row.Per == 1 ? row.Key.Units : $"{Number(row.Per)} {row.Key.Units}"),
        Of("ProviderName", row => FocusProviders.NameOf(row.Key.Provider), BeforeHosts),
        Of("PublisherName", row => FocusProviders.NameOf(row.Key.Provider), BeforeHosts),
        Of("RegionId", row => row.Key.Region),
        Of("RegionName", row => row.Key.Region),
        Of("ServiceCategory", _ => "AI and Machine Learning"),
        Of("ServiceName", row => FocusProviders.ServiceOf(row.Key.Provider)),
        Of("ServiceProviderName", row => FocusProviders.NameOf(row.Key.Provider), WithHosts),
        Of("ServiceSubcategory", _ => "Generative AI"),
        Of("SkuId", SkuOf),
        Of("SkuMeter", row => row.Key.Meter),
        Of("SkuPriceDetails", DetailsOf),
        Of("SkuPriceId", row => $"{SkuOf(row)}-{(row.Key.ListRules.Length == 0 ? "ondemand" : FocusWords.SlugOf(row.Key.ListRules))}"),
        Of("Tags", row => row.Key.Tags),
        Of("x_CallCount", row => Number(row.Sums.Calls), kind: ParquetKind.Integer),
        Of("x_CostBasis", _ => "Estimated"),
        Of("x_CostStatus", row => row.Key.Status.ToString()),
        Of("x_IsRounded", row => row.IsRounded ? "true" : "false"),
        Of("x_ModelId", row => row.Key.Model),
        Of("x_PriceSource", row => row.Key.Source),
        Of("x_RateCard", row => row.Key.RateCard),
        Of("x_Rules", row => row.Key.Rules.Length == 0 ? null : row.Key.Rules),
        Of("x_ServiceTier", row => row.Key.Tier),
    ];

    /// <summary>The values of rows by their type: decimals, instants, whole numbers, and texts.</summary>
    public WrittenColumn ToColumn(IEnumerable<FocusRow> rows, FocusOptions options)
    {
        WrittenColumn column = new(Name, Kind);
        foreach (FocusRow row in rows)
        {
            string? text = Read(row, options);
            switch (Kind)
            {
                case ParquetKind.Decimal:
                    column.AddDecimal(text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture));
                    break;
                case ParquetKind.Integer:
                    column.AddNumber(text is null ? null : long.Parse(text, CultureInfo.InvariantCulture));
                    break;
                case ParquetKind.Instant:
                    column.AddInstant(text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
                    break;
                default:
                    column.AddText(text);
                    break;
            }
        }

        return column;
    }

    public bool IsIn(string version) => Version is null || Version == version;

    /// <summary>An object of texts as JSON, with the letters that are in them.</summary>
    public static string JsonOf(IEnumerable<KeyValuePair<string, string>> members)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Relaxed))
        {
            writer.WriteStartObject();
            foreach ((string name, string value) in members)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static FocusColumn Of(
        string name, Func<FocusRow, string?> read, string? version = null, ParquetKind kind = ParquetKind.Text) =>
        new(name, (row, _) => read(row), version, kind);

    private static string SkuOf(FocusRow row) => $"{row.Key.Model}-{row.Key.Slug}";

    private static string DescriptionOf(FocusRow row) =>
        $"{row.Key.Meter} of {row.Key.Model}{(row.Key.Rules.Length == 0 ? "" : $" ({row.Key.Rules})")}";

    /// <summary>What belongs to the price whenever it is charged. The specification has no names of its own for it before 1.5.</summary>
    private static string DetailsOf(FocusRow row)
    {
        List<KeyValuePair<string, string>> details = [KeyValuePair.Create("x_ModelId", row.Key.Model)];
        if (row.Key.ListRules.Length > 0)
        {
            details.Add(KeyValuePair.Create("x_Rules", row.Key.ListRules));
        }

        if (row.Key.Bucket is { } bucket)
        {
            TokenBucketInfo info = TokenBuckets.Get(bucket);
            if (info.Side == TokenSide.Input)
            {
                string action = info.CacheRole == CacheRole.None ? "Uncached" : info.CacheRole.ToString();
                details.Add(KeyValuePair.Create("x_TokenCacheAction", action));
            }

            details.Add(KeyValuePair.Create("x_TokenDirection", info.Side.ToString()));
        }

        return JsonOf(details);
    }

    private static string? Number(decimal? value) => value is { } known ? AmountFormat.ToText(known) : null;
}
