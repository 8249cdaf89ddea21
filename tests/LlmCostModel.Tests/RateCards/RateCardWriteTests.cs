using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.RateCards;

public class RateCardWriteTests
{
    public static TheoryData<string> CatalogFiles => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "vectors", "catalog"), "*.json")];

    [Theory]
    [MemberData(nameof(CatalogFiles))]
    public void Write_CatalogCard_ReadsBackTheSame(string path)
    {
        IReadOnlyList<RateCard> cards = RateCardJson.Load(path);

        byte[] written = RateCardJson.Write(cards);

        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(RateCardJson.Write(RateCardJson.Parse(written, "again"))));
        Assert.Equal(cards[0].Models.Select(model => model.Id), RateCardJson.Parse(written, "again")[0].Models.Select(model => model.Id));
    }

    /// <summary>Every key that a card can have, so that none is lost.</summary>
    [Fact]
    public void Write_EveryKey_IsKept()
    {
        const string Card = """
            {"Provider":"h","FirstParty":true,"ProviderRequired":true,"Currency":"EUR","AsOf":"2026-01-02","Source":"https://example.com","Models":{"a:b":{"Aliases":["c"],"Versions":[{"From":"2025-01-01","Until":"2025-02-01T10:30:00.5Z","Status":"announced","Source":"s","AsOf":"2026-01-01","Note":"n","PerMillionTokens":{"Input":0.0000000000000000000001,"CacheRead":0,"VideoOutput":17.5},"PerMeter":{"Image":0.04,"Page":{"Price":4,"Per":1000,"Minimum":2,"Increment":1,"Free":5,"Steps":[{"Above":10,"Price":3}]}},"BilledAs":{"Reasoning":"VideoOutput"},"Defaults":{"quality":"low"},"MinimumCharge":0.01,"Rules":[{"Name":"r","When":{"TotalInputAbove":1,"TotalInputUpTo":9,"Tier":["batch"],"Region":["eu","us"],"Provider":["h"],"Deployment":["d"],"Account":["x"],"From":"2025-01-01","Until":"2025-01-15","Days":["Monday"],"Daily":["22:00-24:00"],"TimeZone":"Asia/Shanghai","Attributes":{"size":["s","m"]}},"PerMillionTokens":{"Input":1},"PerMeter":{"Image":1},"Multiply":0.5,"On":["Tokens"],"AddPerMillionTokens":{"Input":0.14},"PercentFee":5.5,"FixedFee":0.3,"Status":"announced","Source":"t"},{"Name":"m","When":{"FreshInputFrom":5},"Mode":"Marginal","PerMillionTokens":{"Input":2}}],"Never":[["r","m"]]},{"From":"2026-01-01","PerMillionTokens":{"Input":1}}]}}}
            """;

        byte[] written = RateCardJson.Write(Cards.Parse(Card));

        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(written);
        Assert.Equal(Card.Trim(), Compact(document.RootElement));
    }

    /// <summary>Rates without a price set none, in code as in JSON: a rule of nothing else was valid, and written as one that cannot be read.</summary>
    [Fact]
    public void PriceRule_RatesWithoutAPrice_ChangesNothing()
    {
        PriceRule rule = new() { Name = "r", PerMillionTokens = new(), AddPerMillionTokens = new() };
        PriceVersion version = new() { PerMillionTokens = new() { Input = 1 }, Rules = [rule] };
        RateCard card = new() { Name = "card", Currency = "USD", Models = [new() { Id = "m", Versions = [version] }] };

        Assert.Null(rule.PerMillionTokens);
        Assert.Null(rule.AddPerMillionTokens);
        Assert.StartsWith("card:Models:m:Versions:0:Rules:0: 'r' changes nothing.", Assert.Throws<RateCardException>(() => new CostEstimator(card)).Message, StringComparison.Ordinal);
    }

    private static string Compact(System.Text.Json.JsonElement element)
    {
        using MemoryStream stream = new();
        using (System.Text.Json.Utf8JsonWriter writer = new(stream))
        {
            element.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
