using LlmCostModel.Logs;
using System.Globalization;

namespace LlmCostModel.Cli.Records;

/// <summary>Adds up priced records by what they have in common. Amounts of different currencies make different groups; what has no price
/// is counted in the first group of its key.</summary>
internal sealed class CostGroups(IReadOnlyList<string> keys)
{
    private const string Ways = "model, provider, day, month, tier or tag:NAME";

    private readonly Dictionary<string, List<CostGroup>> _groups = [];

    public IReadOnlyList<CostGroup> Groups =>
    [
        .. _groups
            .OrderBy(key => key.Key, StringComparer.Ordinal)
            .SelectMany(key => key.Value.OrderBy(group => group.Total?.Currency, StringComparer.Ordinal)),
    ];

    public static IReadOnlyList<string> ParseKeys(string text)
    {
        string[] keys = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string key in keys)
        {
            if (key is not ("model" or "provider" or "day" or "month" or "tier")
                && !(key.StartsWith("tag:", StringComparison.Ordinal) && key.Length > 4))
            {
                throw new CliException($"'{key}' is not a way to group. Use {Ways}, separated by commas.");
            }
        }

        return keys.Length == 0 ? throw new CliException($"--group-by needs at least one of {Ways}.")
            : keys.GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? throw new CliException($"--group-by has '{twice.Key}' more than once.")
                : keys;
    }

    /// <summary>Adds a call to the group of its main currency, and what it cost in others to theirs.</summary>
    /// <exception cref="OverflowException">A sum does not hold the call; no sum has changed.</exception>
    public void Add(LogRecord record, PricedCall call)
    {
        List<KeyValuePair<string, string?>> key = [.. keys.Select(name => KeyValuePair.Create(name, ValueOf(name, record, call)))];
        string id = string.Join('\n', key.Select(part => part.Value));
        List<CostGroup> ofKey = _groups.GetValueOrDefault(id) ?? [];
        string? currency = call.Main.Estimate.Total?.Currency ?? call.Totals.Select(total => total.Currency).FirstOrDefault();
        CostGroup main = GroupOf(ofKey, key, currency);
        List<(CostGroup Group, (ExactSum Exact, Money? Shown) Before)> changed = [];
        try
        {
            foreach (Money total in call.Totals)
            {
                CostGroup group = GroupOf(ofKey, key, total.Currency);
                changed.Add((group, group.Sum));
                group.Add(total);
            }

            main.Add(call);
        }
        catch (OverflowException)
        {
            changed.ForEach(change => change.Group.Reset(change.Before));
            ofKey.RemoveAll(group => group.Requests == 0 && group.Total is null);
            throw;
        }

        _groups[id] = ofKey;
    }

    /// <summary>The group of a currency; one that has no amounts yet takes the first currency that there is.</summary>
    private static CostGroup GroupOf(List<CostGroup> groups, List<KeyValuePair<string, string?>> key, string? currency)
    {
        CostGroup? group = currency is null
            ? groups.FirstOrDefault()
            : groups.Find(group => group.Total?.Currency == currency) ?? groups.Find(group => group.Total is null);
        if (group is null)
        {
            groups.Add(group = new CostGroup(key));
        }

        return group;
    }

    private static string? ValueOf(string name, LogRecord record, PricedCall call) => name switch
    {
        "model" => call.Main.Estimate.Model ?? call.Main.Model ?? "",
        "provider" => call.Main.Estimate.Provider ?? call.Context.Provider,
        "day" => call.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "month" => call.At.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "tier" => call.Context.Batch == true ? "batch" : call.Context.Tier ?? "standard",
        _ => record.Tags.GetValueOrDefault(name[4..]),
    };
}
