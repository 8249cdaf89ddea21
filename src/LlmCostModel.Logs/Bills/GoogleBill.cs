using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Rows of Google Cloud's billing export to BigQuery: those of the Gemini API and Vertex AI. What others are for is left
/// out.</summary>
/// <remarks>https://docs.cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/standard-usage, read 2026-11-27. Times are in
/// UTC. Credits of a row are lines of their own.</remarks>
internal sealed class GoogleBill : BillFormat
{
    public override string Description => "Google Cloud's billing export";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        string? service = record.Object("service")?.Text("description") ?? record.Text("service.description", "service_description");
        string? sku = record.Object("sku")?.Text("description") ?? record.Text("sku.description", "sku_description");
        if (service is null || sku is null || !record.Has("cost", "usage_start_time"))
        {
            return null;
        }

        if (ProviderOf(service) is not { } provider)
        {
            return [BillLine.OfOtherService];
        }

        if (Amount(record, record.Text("currency"), "cost") is not var (amount, decimals))
        {
            return [];
        }

        ChargedTokens? charged = GoogleSku.Read(sku, provider);
        (DateOnly day, DateTimeOffset? at) = BillTime.Of(record, ["usage_start_time"], ["usage_end_time"]);
        BillLine Line(string name, BillLineKind kind, Money cost, int digits) => new()
        {
            Day = day,
            At = at,
            Name = name,
            Model = charged?.Model,
            Provider = provider,
            Kind = kind,
            Bucket = charged?.Bucket,
            Tokens = kind == BillLineKind.Usage ? TokensOf(record) : null,
            Tier = charged?.Tier,
            Region = record.Object("location")?.Text("region"),
            Amount = cost,
            Decimals = digits,
        };
        List<BillLine> lines = [Line(sku, KindOf(record.Text("cost_type")), amount, decimals)];
        foreach (JsonElement credit in record.List("credits")?.EnumerateArray().ToArray() ?? [])
        {
            if (RecordFields.Of(credit) is { } one && Amount(one, amount.Currency, "amount") is var (given, digits))
            {
                BillLineKind kind = one.Text("type") is "DISCOUNT" or "SUSTAINED_USAGE_DISCOUNT" or "COMMITTED_USAGE_DISCOUNT"
                    ? BillLineKind.Discount : BillLineKind.Credit;
                lines.Add(Line(one.Text("full_name", "name") ?? sku, kind, given, digits));
            }
        }

        return lines;
    }

    /// <summary>Who bills a service; <see langword="null"/> for one without models.</summary>
    internal static string? ProviderOf(string service) => service switch
    {
        "Gemini API" or "Generative Language API" => "google",
        "Vertex AI" => "vertex",
        _ => null,
    };

    private static decimal? TokensOf(RecordFields record) =>
        record.Object("usage") is { } usage && usage.Text("unit") is "count" or "tokens" ? record.Object("usage")?.Amount("amount") : null;

    private static BillLineKind KindOf(string? type) => type switch
    {
        null or "regular" => BillLineKind.Usage,
        "tax" => BillLineKind.Tax,
        _ => BillLineKind.Other,
    };
}
