namespace LlmCostModel.Planning;

/// <summary>Reads what a workload file compares: a trace, a log, an agent loop or calls.</summary>
internal static class WorkloadReader
{
    private static readonly string[] Sources = ["trace", "log", "agentLoop", "calls"];

    /// <summary>The names of what a workload may be read from, except traffic.</summary>
    internal static IEnumerable<string> AllSources => Sources;

    private static readonly string[] CallKeys = ["count", "meters", .. TokenBuckets.All.Select(row => row.JsonName)];

    internal static Workload? Read(PlanReader reader, ConfigNode node, Func<string, IEnumerable<string>> openLines)
    {
        ConfigNode[] given = [.. Sources.Select(source => node[source]).OfType<ConfigNode>()];
        if (given.Length > 1)
        {
            reader.Fault(given[1], $"is given beside '{given[0].Key}'.", $"Keep one of {string.Join(", ", Sources)}.");
        }

        if (given.Length == 0 && node["candidates"] is not null)
        {
            reader.Missing(node, "trace", $"Give one of {string.Join(", ", Sources)} or traffic: what the candidates are compared on.");
        }

        int? block = reader.Integer(node["block"]);
        if (node["block"] is { } unused && node["trace"] is null)
        {
            reader.Fault(unused, "is given without a trace.", "Leave it out.");
        }

        Workload? workload = given.FirstOrDefault()?.Key switch
        {
            null => null,
            "trace" => OfLines(
                reader,
                node["trace"]!,
                openLines,
                lines => MooncakeTrace.Read(lines, block ?? MooncakeTrace.DefaultBlockTokens)),
            "log" => OfLines(reader, node["log"]!, openLines, ConversationLog.Read),
            "calls" => OfCalls(reader, node["calls"]!),
            _ => OfLoop(reader, node["agentLoop"]!),
        };
        return workload is not null && reader.Values.ReadQuantity(node["tasks"]) is { } tasks
            ? reader.Set(node["tasks"], workload, () => workload with { Tasks = tasks })
            : workload;
    }

    private static Workload? OfLines(
        PlanReader reader,
        ConfigNode node,
        Func<string, IEnumerable<string>> openLines,
        Func<IEnumerable<string>, IEnumerable<PromptRequest>> read)
    {
        if (reader.Values.ReadText(node) is not { } file)
        {
            return null;
        }

        try
        {
            return Workload.Create(read(openLines(file)));
        }
        catch (Exception error) when (error is FormatException or ArgumentException or IOException)
        {
            reader.Fault(node, "cannot be read:", error.Message);
            return null;
        }
    }

    private static Workload? OfLoop(PlanReader reader, ConfigNode node)
    {
        reader.Values.ReportUnknownKeys(node, ["turns", "prefixTokens", "growthTokens", "outputTokens", "gap", "start"]);
        AgentLoop loop = new() { Turns = 1, PrefixTokens = 0, GrowthTokens = 0 };
        if (reader.Integer(node["turns"]) is { } turns)
        {
            loop = reader.Set(node["turns"], loop, () => loop with { Turns = turns });
        }
        else if (node["turns"] is null)
        {
            reader.Missing(node, "turns", "Write the number of turns.");
        }

        loop = loop with
        {
            PrefixTokens = Required(reader, node, "prefixTokens", "Write the tokens of the first prompt."),
            GrowthTokens = Required(reader, node, "growthTokens", "Write by how many tokens each prompt is longer than the last, or 0."),
            OutputTokens = reader.Values.ReadTokens(node["outputTokens"]) ?? 0,
        };
        DateTimeOffset? start = reader.Values.ReadInstant(node["start"]);
        TimeSpan gap = reader.Duration(node["gap"]) ?? TimeSpan.Zero;
        try
        {
            return Workload.Create(loop.CreateRequests(start, gap)) with { Tasks = 1 };
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or InvalidOperationException)
        {
            reader.Refuse(node, error);
            return null;
        }
    }

    private static long Required(PlanReader reader, ConfigNode node, string name, string fix)
    {
        if (node[name] is not { IsEmpty: false })
        {
            reader.Missing(node, name, fix);
        }

        return reader.Values.ReadTokens(node[name]) ?? 0;
    }

    private static Workload? OfCalls(PlanReader reader, ConfigNode node)
    {
        WorkloadCall[] calls = [.. node.Children.Select(call => OfCall(reader, call))];
        if (calls.Length == 0)
        {
            reader.Fault(node, "has no calls.", "Give at least one, such as { \"input\": 1000, \"output\": 200, \"count\": 50 }.");
            return null;
        }

        return Workload.Create(calls);
    }

    private static WorkloadCall OfCall(PlanReader reader, ConfigNode node)
    {
        reader.Values.ReportUnknownKeys(node, CallKeys);
        if (node.Children.All(child => child.Key.Equals("count", StringComparison.OrdinalIgnoreCase)))
        {
            reader.Fault(node, "has no counts.", "Write what a call consumes, such as { \"input\": 1000, \"output\": 200 }.");
        }

        TokenUsage usage = default;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            usage = usage.With(row.Bucket, reader.Values.ReadTokens(node[row.JsonName]) ?? 0);
        }

        WorkloadCall call = new() { Usage = usage, Meters = OfMeters(reader, node["meters"]) };
        return reader.Values.ReadTokens(node["count"]) is { } count
            ? reader.Set(node["count"], call, () => call with { Count = count })
            : call;
    }

    private static MeteredQuantities OfMeters(PlanReader reader, ConfigNode? node)
    {
        MeteredQuantities meters = MeteredQuantities.Empty;
        foreach (ConfigNode meter in reader.Values.ReadParts(node, "the names of meters with their quantities"))
        {
            if (reader.Values.ReadQuantity(meter) is { } quantity)
            {
                meters = reader.Set(meter, meters, () => meters.With(meter.Key, quantity));
            }
        }

        return meters;
    }
}
