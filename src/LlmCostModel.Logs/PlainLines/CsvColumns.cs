using System.Collections.Immutable;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>What the columns of a table are, where rows can be added up by what they say alone.</summary>
/// <param name="All">The columns in their order.</param>
/// <param name="Tags">The names of the tags, in the order of the map.</param>
internal sealed record CsvColumns(ImmutableArray<CsvColumns.Column> All, ImmutableArray<byte[]> Tags)
{
    /// <summary>Finds what they are.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="map">Which is which field.</param>
    /// <returns>The columns; <see langword="null"/> when more than these decides what a row costs, or which is which is not
    /// known.</returns>
    public static CsvColumns? Find(IReadOnlyList<string> names, ColumnMap map)
    {
        Column[] columns = new Column[names.Count];
        List<byte[]> tags = [];
        bool hasTier = map.Columns.ContainsKey("tier");
        foreach ((string field, string name) in map.Columns)
        {
            int[] places = [.. Enumerable.Range(0, names.Count).Where(place => names[place] == name)];
            Column? column = Of(field, tags, hasTier);
            if (column is not { } found || places is not [var only] || columns[only] != default)
            {
                return null;
            }

            columns[only] = found;
        }

        return columns.Any(column => column.Field == LineField.Model) ? new([.. columns], [.. tags]) : null;
    }

    private static Column? Of(string field, List<byte[]> tags, bool hasTier)
    {
        if (field.StartsWith("tags.", StringComparison.Ordinal))
        {
            string tag = field["tags.".Length..];
            tags.Add(Encoding.ASCII.GetBytes(tag));
            return Ascii.IsValid(tag) ? new(LineField.Tags, tags.Count - 1) : null;
        }

        return field switch
        {
            "id" => new(LineField.Id, 0),
            "model" => new(LineField.Model, 0),
            "at" => new(LineField.At, 0),
            "provider" => new(LineField.Provider, 0),
            "region" => new(LineField.Region, 0),
            "tier" => new(LineField.Tier, 0),
            "batch" when !hasTier => new(LineField.Tier, 0), // it says the tier, in its own words
            ColumnMap.TotalInput => new(LineField.TotalInput, 0),
            ColumnMap.TotalOutput => new(LineField.TotalOutput, 0),
            ColumnMap.Total => new(LineField.Total, 0),
            _ => TokenBuckets.All.FirstOrDefault(row => row.JsonName == field) is { } row ? new(LineField.Usage, (int)row.Bucket) : null,
        };
    }

    /// <summary>A column.</summary>
    /// <param name="Field">What it is.</param>
    /// <param name="Number">Which tag, or the value of the bucket.</param>
    internal readonly record struct Column(LineField Field, int Number);
}
