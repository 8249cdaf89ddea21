using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmCostModel.Logs;

/// <summary>The counts of a usage block by their paths, such as <c>cache_creation.ephemeral_1h_input_tokens</c>, so that one can be taken
/// from another.</summary>
internal sealed class AgentUsage
{
    private const string Writes = "cache_creation_input_tokens";

    private static readonly string[] Lifetimes = ["cache_creation.ephemeral_5m_input_tokens", "cache_creation.ephemeral_1h_input_tokens"];

    private readonly SortedDictionary<string, decimal> _counts = new(StringComparer.Ordinal);

    public bool IsEmpty => _counts.Values.All(count => count == 0);

    /// <summary>Whether tokens are among the counts, and not only searches or seconds.</summary>
    public bool HasTokens => _counts.Any(count => count.Value != 0 && count.Key.EndsWith("_tokens", StringComparison.Ordinal));

    public static AgentUsage Of(JsonElement usage)
    {
        AgentUsage read = new();
        read.Take("", usage);
        return read;
    }

    public void Add(AgentUsage other)
    {
        foreach ((string name, decimal count) in other._counts)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + count;
        }
    }

    /// <summary>Takes how long a session was active, which is billed by the hour beside its tokens and stands in its statistics:
    /// https://platform.claude.com/docs/en/about-claude/pricing (read 2026-11-26).</summary>
    public void TakeActive(JsonElement line)
    {
        const string Active = "active_seconds";
        if (line.Object("stats") is { } stats
            && stats.TryGetProperty(Active, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetDecimal(out decimal seconds))
        {
            _counts[Active] = seconds;
        }
    }

    /// <summary>What this has more than others. A request does not say how long its writes to the cache are kept, and their sum
    /// does.</summary>
    public AgentUsage Minus(AgentUsage others)
    {
        AgentUsage rest = new();
        decimal written = others._counts.GetValueOrDefault(Writes);
        decimal ofLifetimes = Lifetimes.Sum(others._counts.GetValueOrDefault);
        foreach ((string name, decimal count) in _counts)
        {
            decimal taken = others._counts.GetValueOrDefault(name);
            if (taken == 0 && Lifetimes.Contains(name) && !_counts.ContainsKey(Writes))
            {
                taken = Math.Min(count, written);
                written -= taken;
            }

            taken = name == Writes && taken == 0 ? ofLifetimes : taken;
            rest._counts[name] = Math.Max(0, count - taken);
        }

        return rest;
    }

    /// <summary>The larger of each count: a total that is read late may be an earlier one.</summary>
    public AgentUsage Most(AgentUsage other)
    {
        AgentUsage most = new();
        foreach (string name in _counts.Keys.Union(other._counts.Keys))
        {
            most._counts[name] = Math.Max(_counts.GetValueOrDefault(name), other._counts.GetValueOrDefault(name));
        }

        return most;
    }

    /// <summary>A body that states these counts as Anthropic's messages do.</summary>
    public byte[] ToBody(string? model, string? id, string? speed, string? region)
    {
        JsonObject usage = [];
        foreach ((string path, decimal count) in _counts)
        {
            string[] names = path.Split('.');
            JsonObject owner = usage;
            foreach (string name in names[..^1])
            {
                owner = (JsonObject)(owner[name] ??= new JsonObject());
            }

            owner[names[^1]] = JsonValue.Create(count);
        }

        SetText(usage, "speed", speed);
        SetText(usage, "inference_geo", region);
        JsonObject body = new() { ["type"] = "message", ["usage"] = usage };
        SetText(body, "id", id);
        SetText(body, "model", model);
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static void SetText(JsonObject owner, string name, string? text)
    {
        if (text is not null)
        {
            owner[name] = text;
        }
    }

    private void Take(string path, JsonElement owner)
    {
        foreach (JsonProperty one in owner.EnumerateObject())
        {
            if (one.Value.ValueKind == JsonValueKind.Object && one.Name != "list_cost") // of the counts, rounded to cents
            {
                Take($"{path}{one.Name}.", one.Value);
            }
            else if (one.Value.ValueKind == JsonValueKind.Number && one.Value.TryGetDecimal(out decimal count))
            {
                _counts[path + one.Name] = count;
            }
        }
    }
}
