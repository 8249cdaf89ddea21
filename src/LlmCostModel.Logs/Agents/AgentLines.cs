using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads the events and objects of Claude's Managed Agents: every model request is a call, and the totals of a session, which only
/// grow, are the sum of them.</summary>
/// <remarks>
/// Types <c>BetaManagedAgents…</c> of the package Anthropic 13.12.0: <c>span.model_request_end</c> has the counts of a request, and not its
/// model; a session, a thread of it and <c>session.usage</c> have cumulative ones. A list of events does not name its session, which may
/// stand before or behind it, so all is put together when the file ends.
/// </remarks>
internal sealed class AgentLines
{
    private const string Shortfall =
        "The total of the session has more than its model requests. Of which calls that is, is not known.";

    private readonly List<AgentRequest> _requests = [];
    private readonly List<AgentTotal> _sessions = [];
    private readonly List<AgentTotal> _threads = [];
    private readonly List<AgentRequest> _snapshots = []; // of a session that is not named

    /// <summary>Takes a line, if it is one of an agent.</summary>
    public bool Take(string type, JsonElement line, long number)
    {
        if (type is "session" or "session_thread" && line.Object("agent") is { } agent)
        {
            AgentTotal total = FindOrAdd(type == "session" ? _sessions : _threads, line);
            total.TakeModel(agent);
            AgentRequest stated = Read(line.Object("usage"), line, number);
            if (line.Object("usage") is not null || !stated.Usage.IsEmpty)
            {
                total.Stated.Add(stated);
            }

            return true;
        }

        if (type == "session.usage" && line.Object("usage") is { } all)
        {
            _snapshots.Add(Read(all, line, number));
            return true;
        }

        if (!type.StartsWith("span.", StringComparison.Ordinal))
        {
            return line.Text("id")?.StartsWith("sevt_", StringComparison.Ordinal) == true
                && type.Split('.')[0] is "agent" or "user" or "system" or "session";
        }

        if ((line.Object("model_usage") ?? line.Object("usage")) is { } one)
        {
            _requests.Add(Read(one, line, number) with { Speed = one.Text("speed") });
        }

        return true;
    }

    /// <summary>The calls of all lines that were taken: the requests, and what the totals have more.</summary>
    public IEnumerable<AgentCall> Finish()
    {
        AgentUsage unowned = new();
        foreach (AgentRequest request in _requests)
        {
            AgentTotal? session = _sessions.Find(one => one.Id == request.Session) ?? Sole();
            AgentTotal? thread = request.Thread is { } id
                ? _threads.Find(one => one.Id == id)
                : _threads.Find(one => one.IsPrimary && (session is null || one.Session == session.Id));
            (session?.Requests ?? unowned).Add(request.Usage);
            thread?.Requests.Add(request.Usage);
            AgentTotal? named = thread?.Model is not null ? thread : session ?? OfOneModel();
            if (!request.Usage.IsEmpty)
            {
                byte[] body = request.Usage.ToBody(named?.Model, request.Id, request.Speed, named?.Region);
                yield return new AgentCall(body, request, false, null);
            }
        }

        foreach (AgentCall rest in Rests(unowned))
        {
            yield return rest;
        }
    }

    /// <summary>What totals have more than the requests. Those of a session hold the ones of its threads.</summary>
    private IEnumerable<AgentCall> Rests(AgentUsage unowned)
    {
        if (_snapshots.Count > 0)
        {
            AgentTotal session = Sole() ?? new AgentTotal("", null, false);
            session.Stated.AddRange(_snapshots);
            _sessions.Remove(session);
            _sessions.Add(session);
        }

        foreach (AgentTotal total in _sessions.Exists(one => one.Stated.Count > 0) ? _sessions : _threads)
        {
            // Requests without a session are in the total of one of them: each takes as much of them as it can hold.
            AgentUsage counted = total.Requests.IsEmpty ? unowned : total.Requests;
            bool isAlone = counted.IsEmpty;
            foreach (AgentRequest stated in isAlone ? total.InOrder() : total.InOrder().TakeLast(1))
            {
                AgentUsage rest = stated.Usage.Minus(counted);
                unowned = total.Requests.IsEmpty ? unowned.Minus(stated.Usage) : unowned;
                if (!rest.IsEmpty)
                {
                    byte[] body = rest.ToBody(total.Model, null, total.Speed, total.Region);
                    yield return new AgentCall(body, stated, true, isAlone || !rest.HasTokens ? null : Shortfall);
                }

                counted = stated.Usage; // which holds all before
            }
        }
    }

    private AgentTotal? Sole() => _sessions.Count == 1 ? _sessions[0] : null;

    /// <summary>A session, where all have the same model.</summary>
    private AgentTotal? OfOneModel() => _sessions.Select(one => one.Model).Distinct().Count() == 1 ? _sessions[0] : null;

    private static AgentTotal FindOrAdd(List<AgentTotal> totals, JsonElement line)
    {
        string id = line.Text("id") ?? "";
        if (totals.Find(one => one.Id == id) is { } known)
        {
            return known;
        }

        AgentTotal added = new(id, line.Text("session_id"), line.Text("parent_thread_id") is null);
        totals.Add(added);
        return added;
    }

    private static AgentRequest Read(JsonElement? usage, JsonElement line, long number)
    {
        AgentUsage counts = usage is { } block ? AgentUsage.Of(block) : new();
        counts.TakeActive(line);
        string? said = line.Text("processed_at") ?? line.Text("updated_at") ?? line.Text("created_at");
        bool isInstant = DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at);
        return new AgentRequest(counts, isInstant ? at.ToUniversalTime() : null, line.Clone(), number);
    }
}
