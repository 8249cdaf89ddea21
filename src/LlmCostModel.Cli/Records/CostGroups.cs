using System.Globalization;

namespace LlmCostModel.Cli.Records;

/// <summary>Adds up priced records by what they have in common. Amounts of different currencies make different groups.</summary>
internal sealed class CostGroups(IReadOnlyList<string> keys)
{
    private readonly Dictionary<string, CostGroup> _groups = [];

    public IReadOnlyList<CostGroup> Groups =>
        [.. _groups.Values.OrderBy(group => string.Join('\n', group.Key.Select(part => part.Value)), StringComparer.Ordinal)];

    public static IReadOnlyList<string> ParseKeys(string text)
    {
        string[] keys = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string key in keys)
        {
            if (key is not ("model" or "provider" or "day" or "month" or "tier")
                && !(key.StartsWith("tag:", StringComparison.Ordinal) && key.Length > 4))
            {
                throw new CliException(
                    $"'{key}' is not a way to group. Use model, provider, day, month, tier or tag:NAME, separated by commas.");
            }
        }

        return keys.Length > 0
            ? keys
            : throw new CliException("--group-by needs at least one of model, provider, day, month, tier or tag:NAME.");
    }

    /// <summary>Adds a call to the group of its main currency, and what it cost in others to theirs.</summary>
    public void Add(PriceRecord record, PricedCall call)
    {
        List<KeyValuePair<string, string?>> key = [];
        foreach (string name in keys)
        {
            key.Add(new(name, ValueOf(name, record, call)));
        }

        GroupOf(key, call.Main.Estimate.Total?.Currency ?? call.Totals.Select(total => total.Currency).FirstOrDefault()).Add(call);
        foreach (Money total in call.Totals)
        {
            GroupOf(key, total.Currency).Add(total);
        }
    }

    private CostGroup GroupOf(List<KeyValuePair<string, string?>> key, string? currency)
    {
        string id = string.Join('\n', key.Select(part => part.Value)) + "\n" + currency;
        if (!_groups.TryGetValue(id, out CostGroup? group))
        {
            _groups.Add(id, group = new CostGroup(key));
        }

        return group;
    }

    private static string? ValueOf(string name, PriceRecord record, PricedCall call) => name switch
    {
        "model" => call.Main.Estimate.Model ?? call.Main.Model ?? "",
        "provider" => call.Main.Estimate.Provider ?? call.Context.Provider,
        "day" => call.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "month" => call.At.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "tier" => call.Context.Batch == true ? "batch" : call.Context.Tier ?? "standard",
        _ => record.Tags.GetValueOrDefault(name[4..]),
    };
}
