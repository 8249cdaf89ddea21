using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Tests.Conformance;

/// <summary>Where the prices of the vectors are from: a page that is read as stating them, or words that say that none was.</summary>
public class VectorSourceTests
{
    private static readonly HashSet<(string Provider, string Model, string Page, string Name, decimal Price)> Statements =
        [.. ReadStatements()];

    public static TheoryData<string> Files =>
        [.. Vector.All.Select(vector => vector.File).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Source_OfEveryCard_StatesItsPricesOrSaysThatNoneDoes(string file)
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Vector.Folder, file)));
        foreach (JsonProperty card in vectors.RootElement.GetProperty("cards").EnumerateObject())
        {
            string source = card.Value.GetProperty("Source").GetString()!;
            string provider = card.Value.GetProperty("Provider").GetString()!;
            (string Model, string Name, decimal Price)[] prices =
            [
                .. from model in card.Value.GetProperty("Models").EnumerateObject()
                   from price in Prices(model.Value)
                   select (model.Name, price.Name, price.Price),
            ];
            Assert.NotEmpty(prices);
            if (source.StartsWith("https://", StringComparison.Ordinal))
            {
                Assert.All(prices, price => Assert.True(
                    Statements.Contains((provider, price.Model, source, price.Name, price.Price)),
                    $"{card.Name}: {source} is not read as stating {price}"));
            }
            else
            {
                Assert.Matches("^(a collected table of mid-2026, not read on|the vector's own price, of a kind found on) https://", source);
            }
        }
    }

    /// <summary>Every price of tokens and meters, of the base and of rules, per million tokens or per unit.</summary>
    private static IEnumerable<(string Name, decimal Price)> Prices(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Prices),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name is "PerMillionTokens" or "PerMeter"
            ? member.Value.EnumerateObject().Where(price => price.Value.ValueKind != JsonValueKind.Null)
                .Select(price => (price.Name, Price(price.Value)))
            : Prices(member.Value)),
        _ => [],
    };

    private static decimal Price(JsonElement price) => price.ValueKind == JsonValueKind.Object
        ? price.GetProperty("Price").GetDecimal() / (price.TryGetProperty("Per", out JsonElement per) ? per.GetDecimal() : 1)
        : price.GetDecimal();

    private static IEnumerable<(string Provider, string Model, string Page, string Name, decimal Price)> ReadStatements() =>
        from path in Directory.EnumerateFiles(Path.Combine(Vector.Folder, "provider-pages"), "*.txt")
        from line in File.ReadLines(path)
        where line.Length > 0 && line[0] != '#'
        let fields = line.Split(" | ")
        from price in fields[3].Split(' ')
        let parts = price.Split('=', '/')
        let number = decimal.Parse(parts[1].Replace("cr", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
        select (
            Path.GetFileNameWithoutExtension(path),
            fields[0],
            fields[4],
            parts[0],
            parts.Length == 3 ? number / decimal.Parse(parts[2], CultureInfo.InvariantCulture) : number);
}
