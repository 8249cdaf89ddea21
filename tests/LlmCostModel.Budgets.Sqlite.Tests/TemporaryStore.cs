namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>A folder for the file of a store, deleted afterwards.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llmcost-budgets-");

    /// <summary>Gets the path of a file that is not there yet.</summary>
    internal string Path => System.IO.Path.Combine(_folder.FullName, "budgets.db");

    /// <summary>Gets options that do not wait for the disk, which most tests need not.</summary>
    internal SqliteBudgetStoreOptions Options => new() { Path = Path, Durability = SqliteDurability.Normal };

    internal string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
