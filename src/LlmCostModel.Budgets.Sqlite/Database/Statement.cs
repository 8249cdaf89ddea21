using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LlmCostModel.Budgets.Sqlite.Database;

/// <summary>One statement, prepared once. Values are only ever bound.</summary>
/// <remarks>The layer below ADO.NET: a command of a store is seven statements of some microseconds, for which the objects of a data reader
/// cost too much; and it takes text by its length, so that a zero character is one like any other.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _file;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    internal Statement(sqlite3 file, string sql)
    {
        _file = file;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(file, sql, out _statement), file);
    }

    /// <summary>Binds the next value.</summary>
    internal Statement With(long value)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(_statement, ++_bound, value), _file);
        return this;
    }

    /// <summary>Binds the next value, a text in UTF-8.</summary>
    internal Statement With(ReadOnlySpan<byte> text)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_text(_statement, ++_bound, text), _file);
        return this;
    }

    /// <summary>Binds the next value, bytes.</summary>
    internal Statement WithBytes(ReadOnlySpan<byte> bytes)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_blob(_statement, ++_bound, bytes), _file);
        return this;
    }

    /// <summary>Goes to the next row. After the last one, values can be bound anew.</summary>
    internal bool Read()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, _file);
        }

        return false;
    }

    /// <summary>Goes to the only row that there may be, which is left with <see cref="Reset"/>.</summary>
    internal void Run()
    {
        while (Read())
        {
        }
    }

    /// <summary>Runs a change of one row, which has to be there.</summary>
    internal void RunOnOne()
    {
        Run();
        if (raw.sqlite3_changes(_file) != 1)
        {
            throw new SqliteException("A row that another one names is not there.", raw.SQLITE_CORRUPT);
        }
    }

    internal long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    internal bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>The bytes of a text or of bytes.</summary>
    internal byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <summary>Leaves the row, whether there are more or not.</summary>
    internal void Reset()
    {
        _bound = 0;
        raw.sqlite3_reset(_statement);
    }

    public void Dispose() => _statement.Dispose();
}
