namespace LlmCostModel.Logs;

/// <summary>Which columns of a table say what of a call.</summary>
internal sealed class RowColumns
{
    private static readonly string[] OfKind = ["model", "provider", "region", "tier", "batch"];

    /// <param name="table">The table.</param>
    /// <param name="map">Which column is which field.</param>
    public RowColumns(ParquetTable table, ColumnMap map)
    {
        Dictionary<string, int> places = [];
        foreach ((string field, string column) in map.Columns)
        {
            int place = table.Names.ToList().IndexOf(column);
            IsKnown &= place >= 0 && table.Names.Count(name => name == column) == 1 && places.TryAdd(field, place);
        }

        Id = places.GetValueOrDefault("id", -1);
        At = places.GetValueOrDefault("at", -1);
        Kind = [.. OfKind.Where(places.ContainsKey).Select(field => places[field])];
        Counts =
        [
            .. TokenBuckets.All.Where(row => places.ContainsKey(row.JsonName)).Select(row => (row.Bucket, places[row.JsonName])),
        ];
        TotalInput = places.GetValueOrDefault(ColumnMap.TotalInput, -1);
        TotalOutput = places.GetValueOrDefault(ColumnMap.TotalOutput, -1);
        Tags =
        [
            .. map.Columns.Keys.Where(field => field.StartsWith("tags.", StringComparison.Ordinal) && places.ContainsKey(field))
                .Select(field => (field["tags.".Length..], places[field])),
        ];
        Others =
        [
            .. places.Where(place => place.Key is "cost" or ColumnMap.Total || place.Key.StartsWith("meters.", StringComparison.Ordinal)
                || place.Key.StartsWith("attributes.", StringComparison.Ordinal)).Select(place => place.Value),
        ];
    }

    /// <summary>Whether every field has one column.</summary>
    public bool IsKnown { get; } = true;

    /// <summary>The column of ids, and that of instants; below 0 where there is none.</summary>
    public int Id { get; }

    public int At { get; }

    /// <summary>What decides the price besides counts and time.</summary>
    public int[] Kind { get; }

    public (TokenBucket Bucket, int Column)[] Counts { get; }

    public int TotalInput { get; }

    public int TotalOutput { get; }

    /// <summary>Whose call it is, by name, in the order in which records have it.</summary>
    public (string Name, int Column)[] Tags { get; }

    /// <summary>What a row may say that is not added up from columns.</summary>
    public int[] Others { get; }

    /// <summary>The columns that decide the group and the price of a row.</summary>
    public IEnumerable<int> OfPrice => Kind.Concat(Counts.Select(count => count.Column)).Concat(Tags.Select(tag => tag.Column))
        .Append(At).Append(TotalInput).Append(TotalOutput).Concat(Others).Where(column => column >= 0).Distinct();
}
