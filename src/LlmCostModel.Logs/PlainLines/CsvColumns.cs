using System.Collections.Immutable;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>What the columns of a table are, where rows can be added up by what they say alone.</summary>
/// <param name="All">The columns in their order.</param>
/// <param name="Tags">The names of the tags, in the order of the map.</param>
internal sealed record CsvColumns(ImmutableArray<CsvColumns.Column> All, ImmutableArray<byte[]> Tags)
{
    internal enum Kind
    {
        /// <summary>Not one of a usage record.</summary>
        Other,
        Id,
        Model,
        At,
        Provider,
        Region,
        Tier,
        Tag,
        Count,
        TotalInput,
        TotalOutput,
        Total,
    }

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

        return columns.Any(column => column.Kind == Kind.Model) ? new([.. columns], [.. tags]) : null;
    }

    private static Column? Of(string field, List<byte[]> tags, bool hasTier)
    {
        if (field.StartsWith("tags.", StringComparison.Ordinal))
        {
            string tag = field["tags.".Length..];
            tags.Add(Encoding.ASCII.GetBytes(tag));
            return Ascii.IsValid(tag) ? new(Kind.Tag, tags.Count - 1) : null;
        }

        return field switch
        {
            "id" => new(Kind.Id, 0),
            "model" => new(Kind.Model, 0),
            "at" => new(Kind.At, 0),
            "provider" => new(Kind.Provider, 0),
            "region" => new(Kind.Region, 0),
            "tier" => new(Kind.Tier, 0),
            "batch" when !hasTier => new(Kind.Tier, 0), // it says the tier, in its own words
            ColumnMap.TotalInput => new(Kind.TotalInput, 0),
            ColumnMap.TotalOutput => new(Kind.TotalOutput, 0),
            ColumnMap.Total => new(Kind.Total, 0),
            _ => TokenBuckets.All.FirstOrDefault(row => row.JsonName == field) is { } row ? new(Kind.Count, (int)row.Bucket) : null,
        };
    }

    /// <summary>A column.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Number">Which tag, or the value of the bucket.</param>
    internal readonly record struct Column(Kind Kind, int Number);
}
