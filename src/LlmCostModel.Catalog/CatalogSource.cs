namespace LlmCostModel.Catalog;

/// <summary>Brings the catalog to estimators made by dependency injection: the built-in one, with the providers of a newer file in the
/// place of its own.</summary>
internal sealed class CatalogSource(string? path = null, string? sha256 = null) : IRateCardSource
{
    /// <summary>What the names of the catalog's cards begin with, so that receipts and ledgers tell them from the user's own.</summary>
    private const string Prefix = "catalog:";

    private volatile string? _lastRead;

    internal string? Path => path;

    /// <summary>What was in the file when it was loaded last: its hash, or why it could not be read; <see langword="null"/> before
    /// that.</summary>
    internal string? LastRead => _lastRead;

    public IReadOnlyList<RateCard> Load() => [.. LoadPlain().Select(card => card with { Name = Prefix + card.Name })];

    private IReadOnlyList<RateCard> LoadPlain()
    {
        if (path is null)
        {
            return BuiltInCatalog.RateCards;
        }

        IReadOnlyList<RateCard> newer = CatalogFile.Read(ReadBytes(path), path, sha256);
        return
        [
            .. newer,
            .. BuiltInCatalog.RateCards.Where(card =>
                !newer.Any(other => string.Equals(other.Provider, card.Provider, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    private byte[] ReadBytes(string path)
    {
        try
        {
            byte[] bytes = CatalogFile.ReadBytes(path);
            _lastRead = CatalogFile.Hash(bytes);
            return bytes;
        }
        catch (RateCardException exception)
        {
            _lastRead = exception.Message;
            throw;
        }
    }
}
