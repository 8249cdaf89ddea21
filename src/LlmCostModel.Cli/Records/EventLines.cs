using System.Text.Json;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads the events of sessions, of which several lines make a call: OpenAI's Realtime and Claude's Managed Agents.</summary>
internal sealed class EventLines(string? model)
{
    private readonly RealtimeLines _realtime = new();
    private readonly AgentLines _agents = new();

    /// <summary>Reads a line: a call, none, or the reason why it cannot be read; <see langword="null"/> when it is not an event.</summary>
    public IEnumerable<(ModelCall? Call, string? Fault, JsonElement Line)>? Read(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || line.Text("type") is not { } type)
        {
            return null;
        }

        if (_realtime.Read(type, line) is { } turn)
        {
            return turn.IsCall ? [Call(() => ModelCall.FromResponse(line), line, turn.Model)] : [];
        }

        return _agents.Take(type, line) ? [] : null;
    }

    /// <summary>What can only be read when all lines are there.</summary>
    public IEnumerable<(ModelCall? Call, string? Fault, JsonElement Line)> Finish() =>
        _agents.Finish().Select(one => Call(() => ReadAgent(one), one.Stated.Line, model));

    private static ModelCall ReadAgent(AgentCall one)
    {
        ModelCall call = ModelCall.FromResponse(one.Body, ApiFormat.AnthropicMessages) with { At = one.Stated.At };
        UsageReading reading = one.IsSum ? call.Reading with { Calls = null } : call.Reading;
        return call with
        {
            Reading = one.Reason is { } reason && reading.Status == UsageStatus.Complete
                ? reading with { Status = UsageStatus.Partial, Reason = reason }
                : reading,
        };
    }

    private static (ModelCall? Call, string? Fault, JsonElement Line) Call(Func<ModelCall> read, JsonElement line, string? model)
    {
        try
        {
            return (read() with { RequestedModel = model }, null, line);
        }
        catch (UsageFormatException exception)
        {
            return (null, exception.Message, line);
        }
    }
}
