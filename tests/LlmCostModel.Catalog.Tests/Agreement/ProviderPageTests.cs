using System.Globalization;

namespace LlmCostModel.Catalog.Tests.Agreement;

/// <summary>Every statement of the providers' own pages is the price of the catalog on the statement's day.</summary>
public class ProviderPageTests
{
    public static TheoryData<string> Providers => [.. PageStatements.Providers];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Prices_OfTheProvidersPage_AreThoseOfTheCatalog(string provider)
    {
        PageStatement[] statements = [.. PageStatements.ByProvider[provider]];

        string[] wrong = [.. statements.SelectMany(Differences)];

        Assert.NotEmpty(statements);
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> Differences(PageStatement statement)
    {
        Dictionary<string, string> conditions = PageStatement.Pairs(statement.Condition);
        long input = conditions.Remove("input", out string? tokens) ? long.Parse(tokens, CultureInfo.InvariantCulture) : 0;
        string instant = statement.Day.Contains('T', StringComparison.Ordinal) ? statement.Day : statement.Day + "T12:00:00Z";
        CallContext context = new()
        {
            Provider = statement.Provider,
            At = LastServed.Find(ComparedModel.Ours, statement.Model, statement.Provider, DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)),
            IncludeAnnounced = true,
            Tier = conditions.Remove("tier", out string? tier) ? tier : null,
            Region = conditions.Remove("region", out string? region) ? region : null,
            Attributes = conditions.Count == 0 ? null : CallAttributes.Create([.. conditions]),
        };
        foreach ((string name, string price) in statement.PriceTexts)
        {
            (decimal stated, int units) = statement.InMoney(price);
            decimal? ours = Enum.TryParse(name, out TokenBucket bucket)
                ? ComparedModel.Ours.PerMillionTokens(statement.Model, bucket, context, input)
                : PerMeter(statement.Model, name, units, context);
            if (ours != stated)
            {
                yield return $"{statement.Line}: {name} is {ours?.ToString(CultureInfo.InvariantCulture) ?? "unpriced"} in the catalog";
            }
        }
    }

    private static decimal? PerMeter(string model, string meter, int units, CallContext context) =>
        ComparedModel.Ours.Estimate(model, default, context, MeteredQuantities.Empty.With(meter, 1_000m * units)).GetAmount(meter) / 1_000;
}
