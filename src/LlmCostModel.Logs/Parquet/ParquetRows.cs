using System.Buffers;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>The rows of a row group. What is asked for of a column is read then, once.</summary>
/// <param name="file">The file.</param>
/// <param name="group">The place of the row group.</param>
/// <param name="before">How many rows there are in those before.</param>
internal sealed class ParquetRows(ParquetFile file, int group, long before)
{
    private readonly ColumnValues?[] _columns = new ColumnValues?[file.Columns.Count];

    /// <summary>How many rows there are.</summary>
    public int Count { get; } = file.RowsOf(group);

    /// <summary>How many rows the file is said to have.</summary>
    public long InAll => file.Rows;

    /// <summary>The number of a row in the file, from 1.</summary>
    public long NumberOf(int row) => before + row + 1;

    /// <summary>The values of a column.</summary>
    /// <exception cref="LogFormatException">They cannot be read.</exception>
    public ColumnValues this[int column] => _columns[column] ??= file.Read(group, column);

    /// <summary>A row as a JSON object of texts by the names of the columns, as rows of CSV are.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns to write; those that cannot be read are left out.</param>
    /// <param name="others">Names to write without a value.</param>
    public ReadOnlyMemory<byte> ToJson(int row, IEnumerable<int> columns, params ReadOnlySpan<string> others)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (int column in columns)
            {
                if (file.Columns[column].NotRead is null)
                {
                    writer.WriteString(file.Columns[column].Name, ValueText.Of(this[column], row));
                }
            }

            foreach (string name in others)
            {
                writer.WriteNull(name);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
