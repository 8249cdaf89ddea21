using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>A session of an agent or a thread of one, whose counts only grow.</summary>
internal sealed class AgentTotal(string id, string? session, bool isPrimary)
{
    public string Id => id;

    /// <summary>The session of a thread.</summary>
    public string? Session => session;

    /// <summary>Whether it is the thread whose requests name none.</summary>
    public bool IsPrimary => isPrimary;

    public string? Model { get; private set; }

    public string? Speed { get; private set; }

    public string? Region { get; private set; }

    /// <summary>The totals, in the order of the lines.</summary>
    public List<AgentRequest> Stated { get; } = [];

    /// <summary>What its requests add up to.</summary>
    public AgentUsage Requests { get; } = new();

    /// <summary>The totals in the order of their times, each with all that the ones before had.</summary>
    public IEnumerable<AgentRequest> InOrder()
    {
        AgentUsage most = new();
        foreach (AgentRequest stated in Stated.OrderBy(one => one.At ?? DateTimeOffset.MaxValue))
        {
            most = most.Most(stated.Usage);
            yield return stated with { Usage = most };
        }
    }

    public void TakeModel(JsonElement agent)
    {
        if (agent.TryGetProperty("model", out JsonElement model))
        {
            bool isObject = model.ValueKind == JsonValueKind.Object;
            Model = (isObject ? model.Text("id") : model.ValueKind == JsonValueKind.String ? model.GetString() : null) ?? Model;
            Speed = (isObject ? model.Text("speed") : null) ?? Speed;
            Region = (isObject ? model.Text("inference_geo") : null) ?? Region;
        }
    }
}

/// <summary>The counts of a request, or a total of them, as a line states them.</summary>
internal sealed record AgentRequest(AgentUsage Usage, DateTimeOffset? At, JsonElement Line, long Number)
{
    public string? Id => Line.Text("id");

    public string? Session => Line.Text("session_id");

    public string? Thread => Line.Text("session_thread_id");

    public string? Speed { get; init; }
}

/// <summary>A call of an agent, or what a total has more than its calls.</summary>
/// <param name="Body">As a message states it.</param>
/// <param name="Stated">Who says it.</param>
/// <param name="IsSum">Whether it may be several calls.</param>
/// <param name="Reason">Why it is not whole; <see langword="null"/> when it is.</param>
internal sealed record AgentCall(byte[] Body, AgentRequest Stated, bool IsSum, string? Reason);
