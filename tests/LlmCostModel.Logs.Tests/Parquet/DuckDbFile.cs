using DuckDB.NET.Data;

namespace LlmCostModel.Logs.Tests.Parquet;

/// <summary>Has DuckDB write Parquet files, and read them.</summary>
internal static class DuckDbFile
{
    /// <summary>The bytes of a file that has the rows of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">What else is said of the file, such as <c>COMPRESSION gzip</c>.</param>
    internal static byte[] Write(string query, string options = "COMPRESSION snappy")
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.parquet");
        try
        {
            using DuckDBConnection connection = new("DataSource=:memory:");
            connection.Open();
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"SET TimeZone = 'UTC'; COPY ({query}) TO '{path}' (FORMAT parquet, {options})";
            command.ExecuteNonQuery();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The rows of a query over a file that the query calls <c>file</c>, as texts.</summary>
    internal static string?[][] Read(byte[] parquet, string query)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.parquet");
        try
        {
            File.WriteAllBytes(path, parquet);
            using DuckDBConnection connection = new("DataSource=:memory:");
            connection.Open();
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"SET TimeZone = 'UTC'; CREATE VIEW file AS SELECT * FROM read_parquet('{path}'); {query}";
            using DuckDBDataReader reader = command.ExecuteReader();
            List<string?[]> rows = [];
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : (string?)reader.GetString(i))]);
            }

            return [.. rows];
        }
        finally
        {
            File.Delete(path);
        }
    }

    internal static LogRecord[] ReadLog(byte[] parquet, LogReaderOptions? options = null) =>
        [.. new LogReader(options).Read(new MemoryStream(parquet), "calls.parquet")];
}
