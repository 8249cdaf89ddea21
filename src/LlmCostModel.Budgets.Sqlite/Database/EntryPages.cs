using Microsoft.Data.Sqlite;

namespace LlmCostModel.Budgets.Sqlite.Database;

/// <summary>Walks over the entries of a time, a page after the other, each with a connection of its own.</summary>
internal sealed class EntryPages(SqliteBudgetStoreOptions options, long from, long to)
{
    private long _at = from;
    private long _number = long.MinValue;

    /// <summary>Looks whether the file is there and one of budgets.</summary>
    internal void CheckFile()
    {
        try
        {
            if (!File.Exists(options.Path))
            {
                throw new BudgetStoreException($"There is no file of budgets '{options.Path}'.");
            }

            using SqliteConnection file = StoreFile.OpenToRead(options);
            StoreFile.Check(file, options.Path, mayBeEmpty: false);
        }
        catch (SqliteException said)
        {
            throw StoreFaults.Explain(said, options.Path);
        }
    }

    internal List<byte[]> Read(int most)
    {
        try
        {
            using SqliteConnection file = StoreFile.OpenToRead(options);
            using Statement next = new(file.Handle!, """
                SELECT at, number, line FROM entries WHERE (at, number) > (?1, ?2) AND at < ?3 ORDER BY at, number LIMIT ?4
                """);
            List<byte[]> lines = [];
            next.With(_at).With(_number).With(to).With(most);
            while (next.Read())
            {
                (_at, _number) = (next.Number(0), next.Number(1));
                lines.Add(next.Bytes(2));
            }

            return lines;
        }
        catch (SqliteException said)
        {
            throw StoreFaults.Explain(said, options.Path);
        }
    }
}
