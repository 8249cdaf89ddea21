using System.Globalization;

namespace LlmCostModel.Tests.Rates;

/// <summary>What is said of the beginning of a price: the provider's own day, the launch of the model, or the first reading only.</summary>
public class PriceBeginningTests
{
    private const string Card = """
        {
          "acme": {
            "Provider": "acme", "Currency": "USD",
            "Models": {
              "always": { "PerMillionTokens": { "Input": 1 } },
              "dated": { "From": "2026-08-01", "PerMillionTokens": { "Input": 2 } },
              "launched": { "Beginning": "launch", "PerMillionTokens": { "Input": 3 } },
              "read": { "Versions": [
                { "From": "2026-08-01", "Beginning": "reading", "PerMillionTokens": { "Input": 4 } },
                { "From": "2026-09-01", "PerMillionTokens": { "Input": 5 } } ] },
              "ended": { "Beginning": "launch", "Until": "2026-05-01", "PerMillionTokens": { "Input": 6 } }
            }
          }
        }
        """;

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly CostEstimator _estimator = new(RateCardJson.Parse(Card, "acme.json"));

    [Theory]
    [InlineData("always", "2020-01-01", "1", PriceBeginning.Stated)]
    [InlineData("launched", "2020-01-01", "3", PriceBeginning.Launch)]
    [InlineData("dated", "2026-07-31", null, PriceBeginning.Stated)]
    [InlineData("dated", "2026-08-01", "2", PriceBeginning.Stated)]
    [InlineData("read", "2026-07-31", null, PriceBeginning.Stated)]
    [InlineData("read", "2026-08-01", "4", PriceBeginning.Reading)]
    [InlineData("read", "2026-09-01", "5", PriceBeginning.Stated)]
    public void Explain_SaysHowThePriceBegan(string id, string at, string? price, PriceBeginning beginning)
    {
        CostReceipt receipt = _estimator.Explain(id, Million, On(at));

        Assert.Equal(price is null ? null : decimal.Parse(price, CultureInfo.InvariantCulture), receipt.Total?.Amount);
        Assert.Equal(beginning, receipt.Beginning);
    }

    [Theory]
    [InlineData(
        "read",
        "2026-07-31",
        "The price of 'read' is known from 2026-08-01T00:00:00Z on, its first reading; what held at 2026-07-31T00:00:00Z is not known. "
            + "Add a version for that time to rate card 'acme'.")]
    [InlineData(
        "dated",
        "2026-07-31",
        "No price of 'dated' is known at 2026-07-31T00:00:00Z; known: 2026-08-01T00:00:00Z to now. "
            + "Add a version for that time to rate card 'acme'.")]
    [InlineData(
        "ended",
        "2026-05-01",
        "No price of 'ended' is known at 2026-05-01T00:00:00Z; known: launch to 2026-05-01T00:00:00Z. "
            + "Add a version for that time to rate card 'acme'.")]
    public void Reason_OutsideThePeriods_SaysWhatIsKnown(string id, string at, string reason)
    {
        CostIssue issue = Assert.Single(_estimator.Estimate(id, Million, On(at)).Issues);

        Assert.Equal((CostIssueKind.NoPriceAtInstant, reason), (issue.Kind, issue.Message));
    }

    [Fact]
    public void Json_KeepsIt()
    {
        RateCard card = RateCardJson.Parse(Card, "acme.json")[0];

        Assert.Equal(card, RateCardJson.Parse(RateCardJson.Write(card), "acme.json")[0]);
        Assert.Contains("\"Beginning\":\"reading\"", card.Models[3].Versions[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Beginning": "launch", "From": "2026-08-01", "PerMillionTokens": { "Input": 1 } }""", "Beginning: 'launch' stands beside From.")]
    [InlineData("""{ "Beginning": "reading", "PerMillionTokens": { "Input": 1 } }""", "From: is missing where the beginning is a reading.")]
    [InlineData("""{ "Beginning": "first", "PerMillionTokens": { "Input": 1 } }""", "'first'")]
    [InlineData(
        """{ "Versions": [ { "PerMillionTokens": { "Input": 1 } }, { "From": "2026-08-01", "Beginning": "reading", "PerMillionTokens": { "Input": 1 } } ] }""",
        "'reading' is not of the first version.")]
    public void Faults_AreNamed(string model, string fault)
    {
        string json = $$"""{ "acme": { "Provider": "acme", "Currency": "USD", "Models": { "one": {{model}} } } }""";

        Assert.Contains(fault, Assert.Throws<RateCardException>(() => RateCardJson.Parse(json, "acme.json")).Message, StringComparison.Ordinal);
    }

    private static CallContext On(string day) => new() { At = DateTimeOffset.Parse(day + "T00:00:00Z", CultureInfo.InvariantCulture) };
}
