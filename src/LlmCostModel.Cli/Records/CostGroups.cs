using System.Globalization;

namespace LlmCostModel.Cli.Records;

/// <summary>Adds up priced records by what they have in common. Amounts of different currencies make different groups.</summary>
internal sealed class CostGroups(IReadOnlyList<string> keys)
{
    private readonly Dictionary<string, CostGroup> _groups = [];

    public IReadOnlyList<CostGroup> Groups => [.. _groups.Values.OrderBy(group => string.Join('\n', group.Key.Select(part => part.Value)), StringComparer.Ordinal)];

    public static IReadOnlyList<string> ParseKeys(string text)
    {
        string[] keys = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string key in keys)
        {
            if (key is not ("model" or "host" or "day" or "month" or "tier") && !(key.StartsWith("tag:", StringComparison.Ordinal) && key.Length > 4))
            {
                throw new CliException($"'{key}' is not a way to group. Use model, host, day, month, tier or tag:NAME, separated by commas.");
            }
        }

        return keys.Length > 0 ? keys : throw new CliException("--group-by needs at least one of model, host, day, month, tier or tag:NAME.");
    }

    public void Add(PriceRecord record, RecordCost cost, DateTimeOffset now)
    {
        List<KeyValuePair<string, string?>> key = [];
        foreach (string name in keys)
        {
            key.Add(new(name, ValueOf(name, record, cost, now)));
        }

        string id = string.Join('\n', key.Select(part => part.Value)) + "\n" + cost.Total?.Currency;
        if (!_groups.TryGetValue(id, out CostGroup? group))
        {
            _groups.Add(id, group = new CostGroup(key));
        }

        group.Add(record, cost);
    }

    private static string? ValueOf(string name, PriceRecord record, RecordCost cost, DateTimeOffset now) => name switch
    {
        "model" => cost.Canonical ?? record.Model,
        "host" => cost.Host ?? record.Context.Host,
        "day" => (record.Context.At ?? now).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "month" => (record.Context.At ?? now).UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "tier" => record.Context.Batch ? "batch" : record.Context.Tier ?? "standard",
        _ => record.Tags.GetValueOrDefault(name[4..]),
    };
}
