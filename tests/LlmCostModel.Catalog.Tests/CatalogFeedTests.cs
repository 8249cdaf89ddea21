using System.Security.Cryptography;
using System.Text;

namespace LlmCostModel.Catalog.Tests;

/// <summary>The catalog as one file, for downloads and for other languages.</summary>
public sealed class CatalogFeedTests : IDisposable
{
    private static readonly string Feed = Encoding.UTF8.GetString(BuiltInCatalog.Write());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("feed-");

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<RateCard> Load(string text)
    {
        string path = Path.Combine(_folder.FullName, "feed.json");
        File.WriteAllText(path, text);
        return CatalogFile.Load(path);
    }

    private string Refusal(string text) =>
        Assert.Throws<RateCardException>(() => Load(text)).Message.Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    [Fact]
    public void Write_ReadBack_IsTheBuiltInCatalog()
    {
        IReadOnlyList<RateCard> read = Load(Feed);

        Assert.Equal(BuiltInCatalog.RateCards.Count, read.Count);
        Assert.All(BuiltInCatalog.RateCards.Zip(read), pair => Assert.True(pair.First == pair.Second, pair.First.Name));
        Assert.InRange(Feed.Length, 100_000, CatalogFile.MaxBytes / 10);
    }

    /// <summary>As any language takes it: three lines, of which the second is hashed.</summary>
    [Fact]
    public void Sha256_IsThatOfTheSecondLine()
    {
        string[] lines = Feed.Split('\n');

        Assert.Equal(["}", ""], lines[2..]);
        Assert.Contains($"\"Sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[1])))}\"", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($$"""{"Format":1,"Version":"20""", lines[0], StringComparison.Ordinal);
        Assert.Contains($"\"AsOf\":\"{BuiltInCatalog.AsOf:yyyy-MM-dd}\"", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OneDigitIsAnother_IsRefused()
    {
        int price = Feed.IndexOf("\"Input\":2.5", StringComparison.Ordinal);
        string changed = string.Concat(Feed.AsSpan(0, price), "\"Input\":2.4", Feed.AsSpan(price + 11));

        Assert.Matches(
            "^feed.json: its rate cards have the SHA-256 [0-9a-f]{64}, and it states [0-9a-f]{64}. It was damaged or changed on the way; download it again.$",
            Refusal(changed));
    }

    [Fact]
    public void Load_AnotherFormat_IsRefused() =>
        Assert.Equal(
            "feed.json: the catalog has the format 2; this version of LlmCostModel.Catalog reads 1. Update the package, or download a catalog of that format.",
            Refusal(Feed.Replace("\"Format\":1", "\"Format\":2", StringComparison.Ordinal)));

    [Theory]
    [InlineData("""{ "Format": 1, "RateCards": {} }""", "feed.json: the catalog has no Sha256, so it is not whole. Download it again.")]
    [InlineData("""{ "Format": 1, "Sha256": "" }""", "feed.json: the catalog has no RateCards, so it is not whole. Download it again.")]
    [InlineData("""{ "Sha256": "", "RateCards": {} }""", "feed.json: the catalog has no Format, so it is not whole. Download it again.")]
    [InlineData("""{ "Format": 1, "Cards": {} }""", "feed.json: a catalog has no member 'Cards'. Download it again.")]
    public void Load_NotWhole_IsRefused(string text, string message) => Assert.Equal(message, Refusal(text));

    [Fact]
    public void Load_CutOff_IsRefused() =>
        Assert.StartsWith("feed.json: is not valid JSON", Refusal(Feed[..(Feed.Length / 2)]), StringComparison.Ordinal);
}
