namespace LlmCostModel.Planning;

/// <summary>Reads the <c>traffic</c> of a workload file: the conversations, and either one role beside them or <c>roles</c> by
/// name.</summary>
internal static class TrafficReader
{
    /// <summary>The name of a role that has none.</summary>
    private const string OnlyRole = "model";

    private static readonly string[] OfTraffic = ["start", "conversations", "profile", "turns", "gap", "userTokens", "roles", "sample",
        "seed"];

    private static readonly string[] OfRole =
    [
        "systemTokens", "retrievedTokens", "retrieved", "outputTokens", "reasoningTokens", "resendsReasoning", "toolCalls",
            "toolCallTokens",
        "toolResultTokens", "step", "compactAt", "compactTo",
    ];

    private static readonly string[] OfOneRole = ["follows", "probability", "reads", .. OfRole];

    /// <param name="reader">The reader.</param>
    /// <param name="node">The traffic.</param>
    /// <param name="start">The start of the forecast beside it, which is the start of the traffic too unless it says another.</param>
    internal static ConversationTraffic? Read(PlanReader reader, ConfigNode node, ConfigNode? start)
    {
        ConfigNode? roles = node["roles"];
        reader.Values.ReportUnknownKeys(node, roles is null ? [.. OfTraffic, .. OfRole] : OfTraffic);
        if (node["conversations"] is not { IsEmpty: false })
        {
            reader.Missing(node, "conversations", "Write how many conversations, questions or documents there are in the first month.");
        }

        ConfigNode? from = node["start"] ?? start;
        if (from is not { IsEmpty: false })
        {
            reader.Missing(node, "start", "Write the first instant of the first month, such as 2026-12-01.");
        }

        ConversationTraffic traffic = new() { Start = default, Conversations = 1, Roles = [new() { Name = OnlyRole }] };
        traffic = reader.Values.ReadInstant(from) is { } instant ? traffic with { Start = instant } : traffic;
        traffic = Set("conversations", value => UncertainReader.Read(reader, value), value => traffic with { Conversations = value! });
        traffic = Set("profile", value => ProfileReader.Read(reader, value), value => traffic with { Profile = value! });
        traffic = Set("turns", value => VaryingReader.ReadCount(reader, value), value => traffic with { Turns = value! });
        traffic = Set("gap", value => VaryingReader.ReadSeconds(reader, value), value => traffic with { GapSeconds = value! });
        traffic = Set("userTokens", value => VaryingReader.ReadCount(reader, value), value => traffic with { UserTokens = value! });
        traffic = Set("sample", reader.Integer, value => traffic with { SampledConversations = value!.Value });
        traffic = Set("seed", reader.Integer, value => traffic with { Seed = value!.Value });
        if (traffic.Start > DateTimeOffset.MaxValue.AddYears(-2))
        {
            reader.Fault(from!, "is so late that the traffic ends after the year 9999.", "Start earlier.");
        }

        TrafficRole[] read = roles is null
            ? [ReadRole(reader, node, OnlyRole)]
            : [.. reader.Values.ReadParts(roles, "the names of roles with what each does").Select(role =>
                {
                    reader.Values.ReportUnknownKeys(role, OfOneRole);
                    return ReadRole(reader, role, role.Key);
                })];
        return reader.Set<ConversationTraffic?>(roles ?? node, null, () => traffic with { Roles = [.. read] });

        ConversationTraffic Set<T>(string key, Func<ConfigNode?, T> read, Func<T, ConversationTraffic> change) =>
            read(node[key]) is { } value ? reader.Set(node[key], traffic, () => change(value)) : traffic;
    }

    private static TrafficRole ReadRole(PlanReader reader, ConfigNode node, string name)
    {
        TrafficRole role = new() { Name = name, Follows = reader.Values.ReadText(node["follows"]) };
        role = Set("probability", reader.Statistic, value => role with { Probability = value!.Value });
        role = Set("reads", reader.Values.ReadOneOf<RoleInput>, value => role with { Reads = value!.Value });
        role = Set("systemTokens", reader.Values.ReadTokens, value => role with { SystemTokens = value!.Value });
        role = Set("retrievedTokens", Count, value => role with { RetrievedTokens = value! });
        role = Set("retrieved", reader.Values.ReadOneOf<RetrievedPlace>, value => role with { Retrieved = value!.Value });
        role = Set("outputTokens", Count, value => role with { OutputTokens = value! });
        role = Set("reasoningTokens", Count, value => role with { ReasoningTokens = value! });
        role = Set("resendsReasoning", reader.Values.ReadFlag, value => role with { ResendsReasoning = value!.Value });
        role = Set("toolCalls", Count, value => role with { ToolCalls = value! });
        role = Set("toolCallTokens", Count, value => role with { ToolCallTokens = value! });
        role = Set("toolResultTokens", Count, value => role with { ToolResultTokens = value! });
        role = Set("step", value => VaryingReader.ReadSeconds(reader, value), value => role with { StepSeconds = value! });
        role = Set("compactAt", reader.Values.ReadTokens, value => role with { CompactAt = value });
        role = Set("compactTo", reader.Values.ReadTokens, value => role with { CompactTo = value!.Value });
        if (role.CompactAt is not null && node["compactTo"] is null)
        {
            reader.Missing(node, "compactTo", "Write how many tokens the summary has.");
        }

        return role;

        Varying? Count(ConfigNode? value) => VaryingReader.ReadCount(reader, value);

        TrafficRole Set<T>(string key, Func<ConfigNode?, T> read, Func<T, TrafficRole> change) =>
            read(node[key]) is { } value ? reader.Set(node[key], role, () => change(value)) : role;
    }
}
