using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmCostModel.Logs.Tests.Focus;

/// <summary>The rules of FOCUS 1.2 and 1.4 for the columns that we write, over the rows of every kind of charge.</summary>
/// <remarks>https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, specification/columns and specification/attributes of v1.2,
/// specification/datasets/cost_and_usage/columns of v1.4, read 2026-11-27.</remarks>
public partial class FocusRuleTests
{
    /// <summary>The columns that 1.2 makes mandatory, and those that it makes so for who publishes prices and measures usage.</summary>
    private static readonly string[] Required =
    [
        "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
        "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity",
        "PricingUnit", "ServiceCategory", "ServiceName",
        "ConsumedQuantity", "ConsumedUnit", "ContractedUnitPrice", "ListUnitPrice", "PricingCategory", "RegionId", "RegionName", "SkuId", "SkuMeter",
        "SkuPriceDetails", "SkuPriceId", "Tags",
    ];

    private static readonly string[] NotNull =
    [
        "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeFrequency", "ChargePeriodEnd",
        "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "ServiceCategory", "ServiceName", "ServiceSubcategory",
    ];

    private static readonly string[] NotNullOfUsage =
        ["ConsumedQuantity", "ConsumedUnit", "ContractedUnitPrice", "ListUnitPrice", "PricingCategory", "PricingQuantity", "PricingUnit", "SkuId", "SkuPriceId"];

    private static readonly string[] Numbers =
        ["BilledCost", "ConsumedQuantity", "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "ListCost", "ListUnitPrice", "PricingQuantity"];

    private static readonly string[] Instants = ["BillingPeriodEnd", "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ChargeCategory"] = ["Usage", "Purchase", "Tax", "Credit", "Adjustment"],
        ["ChargeFrequency"] = ["One-Time", "Recurring", "Usage-Based"],
        ["PricingCategory"] = ["Standard", "Dynamic", "Committed", "Other"],
        ["ServiceCategory"] = ["AI and Machine Learning"],
        ["ServiceSubcategory"] = ["Generative AI"],
    };

    /// <summary>A rule, and whether a row keeps it.</summary>
    private static readonly (string Rule, Func<Dictionary<string, string?>, bool> Keeps)[] Rules =
    [
        .. NotNull.Select(column => Rule($"{column} is not null", row => row[column] is not null)),
        .. NotNullOfUsage.Select(column => Rule($"{column} is not null in usage", row => row["ChargeCategory"] != "Usage" || row[column] is not null)),
        .. Numbers.Select(column => Rule($"{column} is a plain number", row => row[column] is not { } text || Number().IsMatch(text))),
        .. Instants.Select(column => Rule($"{column} is an instant in UTC", row => Instant().IsMatch(row[column]!))),
        .. Allowed.Select(pair => Rule($"{pair.Key} has an allowed value", row => row[pair.Key] is not { } value || pair.Value.Contains(value))),
        Rule("no text is empty or blank", row => row.Values.All(value => value is null || value.Trim().Length > 0)),
        Rule("ChargeClass is null of what is not a correction", row => row["ChargeClass"] is null),
        Rule("the period of a charge is not empty", row => At(row, "ChargePeriodStart") < At(row, "ChargePeriodEnd")),
        Rule("a charge lies in its billing period", row => At(row, "BillingPeriodStart") <= At(row, "ChargePeriodStart") && At(row, "ChargePeriodEnd") <= At(row, "BillingPeriodEnd")),
        Rule("BillingCurrency is a code of ISO 4217", row => Currency().IsMatch(row["BillingCurrency"]!)),
        Rule("ConsumedQuantity is null unless usage", row => row["ChargeCategory"] == "Usage" || row["ConsumedQuantity"] is null),
        Rule("ConsumedUnit goes with ConsumedQuantity", row => row["ConsumedUnit"] is null == row["ConsumedQuantity"] is null),
        Rule("PricingUnit goes with PricingQuantity", row => row["PricingUnit"] is null == row["PricingQuantity"] is null),
        Rule("RegionName goes with RegionId", row => row["RegionName"] is null == row["RegionId"] is null),
        Rule("units are written as the attribute says", row => row["PricingUnit"] is not { } unit || Unit().IsMatch(unit)),
        Rule("unit prices are not negative", row => row["ListUnitPrice"]?[0] != '-' && row["ContractedUnitPrice"]?[0] != '-'),
        Rule("ListUnitPrice x PricingQuantity is ListCost", row => IsProduct(row, "ListUnitPrice", "ListCost")),
        Rule("ContractedUnitPrice x PricingQuantity is ContractedCost", row => IsProduct(row, "ContractedUnitPrice", "ContractedCost")),
        Rule("ContractedCost is BilledCost where there is no commitment", row => row["ContractedCost"] == row["BilledCost"] && row["EffectiveCost"] == row["BilledCost"]),
        Rule("SkuPriceDetails is an object of values, and its own keys begin with x_", row => IsObject(row["SkuPriceDetails"], own: true)),
        Rule("Tags is an object of values", row => row["Tags"] is not { } tags || IsObject(tags, own: false)),
        Rule("SkuPriceId belongs to SkuId", row => row["SkuPriceId"]!.StartsWith(row["SkuId"]!, StringComparison.Ordinal)),
    ];

    public static TheoryData<string, string> Datasets
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string keys in (string[])["model", "hour,user", "month,provider,tag:team", "day,file"])
            {
                FocusOptions.Versions.ToList().ForEach(version => data.Add(version, keys));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Rows_KeepEveryRule(string version, string keys)
    {
        FocusOptions options = new() { Version = version, TimeZone = keys == "hour,user" ? TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata") : null };
        FocusDataset dataset = FocusRows.Of(FocusRows.Day, keys, options);
        Dictionary<string, string?>[] rows = FocusRows.Named(dataset);

        Assert.InRange(rows.Length, 15, 40);
        string[] broken = [.. from row in rows from rule in Rules where !rule.Keeps(row) select $"{row["ChargeDescription"]}: {rule.Rule}"];
        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("1.2", "ProviderName,PublisherName")]
    [InlineData("1.4", "ServiceProviderName,HostProviderName")]
    public void Columns_AreTheMandatoryOnes_InOrder_AndOursBehindThem(string version, string entities)
    {
        FocusDataset dataset = FocusRows.Of(FocusRows.Day, options: new() { Version = version });
        string[] entityColumns = entities.Split(',');

        Assert.Empty(Required.Concat(entityColumns).Except(dataset.Columns));
        string[] standard = [.. dataset.Columns.TakeWhile(column => !column.StartsWith("x_", StringComparison.Ordinal))];
        Assert.Equal(standard.Order(StringComparer.Ordinal), standard);
        Assert.All(dataset.Columns.Skip(standard.Length), column => Assert.Matches("^x_[A-Z][A-Za-z]+$", column));
        Assert.All(standard, column => Assert.Matches("^[A-Z][A-Za-z0-9]{1,49}$", column));
        Assert.All(FocusRows.Named(dataset), row => Assert.All(entityColumns, column => Assert.NotNull(row[column])));
    }

    /// <summary>Each SKU price has one SKU, each service one category, and the rows of one SKU one meter.</summary>
    [Fact]
    public void Ids_MeanTheSameInEveryRow()
    {
        Dictionary<string, string?>[] rows = FocusRows.Named(FocusRows.Of(FocusRows.Day, "hour,user"));

        foreach ((string id, string of) in (ReadOnlySpan<(string, string)>)[("SkuPriceId", "SkuId"), ("SkuId", "SkuMeter"), ("SkuPriceId", "SkuPriceDetails"), ("ServiceName", "ServiceCategory")])
        {
            Assert.All(rows.GroupBy(row => row[id]), same => Assert.Single(same.Select(row => row[of]).Distinct()));
        }
    }

    /// <summary>The rows of a currency add up to what the summary says, to the last digit, however they are split.</summary>
    [Theory]
    [InlineData("model")]
    [InlineData("hour,user")]
    public void Rows_AddUpToTheTotal(string keys)
    {
        LogSummary summary = new([]);
        foreach (LogRecord record in TextLog.Read(FocusRows.Day).Where(record => record.Call!.Context.At is not null))
        {
            summary.Add(record, FocusRows.Estimator.Price(record.Call!));
        }

        var sums = FocusRows.Named(FocusRows.Of(FocusRows.Day, keys))
            .GroupBy(row => row["BillingCurrency"]!, row => decimal.Parse(row["BilledCost"]!, CultureInfo.InvariantCulture))
            .Select(same => new Money(same.Sum(), same.Key)).OrderBy(sum => sum.Currency, StringComparer.Ordinal);

        Assert.Equal(summary.Totals.Select(total => total.Total), sums);
    }

    private static (string, Func<Dictionary<string, string?>, bool>) Rule(string rule, Func<Dictionary<string, string?>, bool> keeps) => (rule, keeps);

    private static DateTimeOffset At(Dictionary<string, string?> row, string column) => DateTimeOffset.Parse(row[column]!, CultureInfo.InvariantCulture);

    /// <summary>Multiplies as whole numbers, which have no last digit that could be lost.</summary>
    private static bool IsProduct(Dictionary<string, string?> row, string price, string cost)
    {
        if (row[price] is not { } unit || row["PricingQuantity"] is not { } quantity)
        {
            return row[price] is null && row["PricingQuantity"] is null;
        }

        (BigInteger left, int places) = Digits(unit);
        (BigInteger right, int more) = Digits(quantity);
        (BigInteger whole, int own) = Digits(row[cost]!);
        return left * right * BigInteger.Pow(10, own) == whole * BigInteger.Pow(10, places + more);
    }

    private static (BigInteger Number, int Places) Digits(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return (BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), point < 0 ? 0 : text.Length - point - 1);
    }

    private static bool IsObject(string? text, bool own)
    {
        using JsonDocument document = JsonDocument.Parse(text!);
        return document.RootElement.EnumerateObject().All(member =>
            member.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object) && (!own || member.Name.StartsWith("x_", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d*[1-9])?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
    private static partial Regex Instant();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex Currency();

    [GeneratedRegex("^(?:[1-9][0-9]* )?(?:[A-Z][A-Za-z]*-)?[A-Z][a-z]+s$")]
    private static partial Regex Unit();
}
