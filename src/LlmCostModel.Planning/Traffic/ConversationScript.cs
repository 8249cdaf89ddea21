using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Plays one conversation: turn by turn, role by role, tool call by tool call.</summary>
/// <remarks>Breakpoints stand where a client sets them that wants to save: behind the instructions, behind the conversation so far where
/// something follows that will not come back, and at the end of a prompt that will be continued.</remarks>
internal sealed class ConversationScript(ConversationTraffic traffic, long number, DateTimeOffset start)
{
    private readonly TrafficDraws _draws = new(traffic.Seed, number);
    private readonly List<PromptSegment> _history = [];
    private readonly Dictionary<string, PromptSegment> _answers = new(StringComparer.Ordinal);
    private ulong _segments;
    private DateTimeOffset _at = start;
    private int _turn;

    internal IEnumerable<TrafficRequest> Play()
    {
        long turns = traffic.Turns.Count(_draws, least: 1);
        for (_turn = 1; _turn <= turns; _turn++)
        {
            _answers.Clear();
            TurnText text = new() { User = NewSegment(traffic.UserTokens.Count(_draws)) };
            foreach (TrafficRole role in traffic.Roles)
            {
                if (role.Follows is { } before && (!_answers.ContainsKey(before) || _draws.NextShare() >= role.Probability))
                {
                    continue;
                }

                if (role.Follows is not null)
                {
                    Wait(role.StepSeconds);
                }

                foreach (TrafficRequest request in Play(role, text))
                {
                    yield return request;
                }
            }

            Add(_history, text.Kept);
            Add(_history, text.User);
            _history.AddRange(text.Answer);
            Wait(traffic.GapSeconds);
        }
    }

    private IEnumerable<TrafficRequest> Play(TrafficRole role, TurnText text)
    {
        bool isAnswerOnly = role.Reads == RoleInput.Answer;
        long toolCalls = role.ToolCalls.Count(_draws);
        PromptSegment retrieved = NewSegment(role.RetrievedTokens.Count(_draws));
        PromptSegment asked = isAnswerOnly ? _answers[role.Follows!] : text.User;
        List<PromptSegment> own = [];
        for (long call = 0; call <= toolCalls; call++)
        {
            bool isAnswer = call == toolCalls;
            ImmutableArray<PromptSegment> prompt = PromptOf(role, retrieved, asked, own);
            if (!isAnswerOnly && Compact(role, prompt, retrieved, asked, own) is { } compaction)
            {
                yield return compaction;
                if (own.Count > 0)
                {
                    (retrieved, asked, text.User) = (default, default, default);
                    own.Clear();
                }

                Wait(role.StepSeconds);
                prompt = PromptOf(role, retrieved, asked, own);
            }

            long output = (isAnswer ? role.OutputTokens : role.ToolCallTokens).Count(_draws);
            long reasoning = role.ReasoningTokens.Count(_draws);
            yield return Request(role, prompt, output, reasoning);

            PromptSegment said = NewSegment(output + (role.ResendsReasoning ? reasoning : 0));
            Add(own, said);
            if (isAnswer)
            {
                _answers[role.Name] = said;
            }
            else
            {
                Add(own, NewSegment(role.ToolResultTokens.Count(_draws)));
                Wait(role.StepSeconds);
            }
        }

        if (!isAnswerOnly)
        {
            text.Answer = own;
            text.Kept = role.Retrieved == RetrievedPlace.Kept ? retrieved : default;
        }
    }

    /// <summary>The request that summarizes what has been said, if the prompt is beyond the limit and a summary is shorter.</summary>
    private TrafficRequest? Compact(
        TrafficRole role,
        ImmutableArray<PromptSegment> prompt,
        PromptSegment retrieved,
        PromptSegment asked,
        List<PromptSegment> own)
    {
        bool isInTurn = own.Count > 0;
        long said = _history.Sum(segment => segment.Tokens) + (isInTurn ? own.Sum(segment => segment.Tokens) + asked.Tokens : 0);
        if (role.CompactAt is not { } limit || said <= role.CompactTo || prompt.Sum(segment => segment.Tokens) <= limit)
        {
            return null;
        }

        ImmutableArray<PromptSegment> all = isInTurn ? PromptOf(role, retrieved, asked, own) : PromptOf(role, default, default, []);
        TrafficRequest request = Request(role, all, role.CompactTo, reasoning: 0);
        _history.Clear();
        Add(_history, NewSegment(role.CompactTo));
        return request;
    }

    private ImmutableArray<PromptSegment> PromptOf(TrafficRole role, PromptSegment retrieved, PromptSegment asked, List<PromptSegment> own)
    {
        ImmutableArray<PromptSegment>.Builder prompt = ImmutableArray.CreateBuilder<PromptSegment>(_history.Count + own.Count + 3);
        Add(new() { Content = PrefixHash.OfText($"instructions of {role.Name}"), Tokens = role.SystemTokens }, isBreakpoint: true);
        bool isBefore = role.Retrieved == RetrievedPlace.BeforeHistory;
        bool isLeftOut = role.Retrieved == RetrievedPlace.AfterHistory && role.RetrievedTokens.IsAny;
        if (isBefore)
        {
            Add(retrieved);
        }

        if (role.Reads == RoleInput.Conversation)
        {
            for (int i = 0; i < _history.Count; i++)
            {
                Add(_history[i], isBreakpoint: i == _history.Count - 1 && isLeftOut);
            }
        }

        if (!isBefore)
        {
            Add(retrieved);
        }

        Add(asked);
        own.ForEach(segment => Add(segment));
        bool isKept = role.Retrieved == RetrievedPlace.Kept || !role.RetrievedTokens.IsAny;
        bool isContinued = role.ToolCalls.IsAny || (role.Reads == RoleInput.Conversation && isKept && traffic.Turns.Exact is not <= 1);
        if (isContinued && prompt.Count > 0)
        {
            prompt[^1] = prompt[^1] with { Breakpoint = true };
        }

        return prompt.DrainToImmutable();

        void Add(PromptSegment segment, bool isBreakpoint = false)
        {
            if (segment.Tokens > 0)
            {
                prompt.Add(segment with { Breakpoint = isBreakpoint });
            }
        }
    }

    private TrafficRequest Request(TrafficRole role, ImmutableArray<PromptSegment> prompt, long output, long reasoning) =>
        new()
        {
            Role = role.Name,
            Conversation = number,
            Turn = _turn,
            Request = new PromptRequest { At = _at, Prompt = prompt, OutputTokens = output, ReasoningTokens = reasoning },
        };

    private PromptSegment NewSegment(long tokens) => new() { Content = new UInt128((ulong)number + 1, ++_segments), Tokens = tokens };

    private static void Add(List<PromptSegment> segments, PromptSegment segment)
    {
        if (segment.Tokens > 0)
        {
            segments.Add(segment);
        }
    }

    private void Wait(Varying seconds)
    {
        double ticks = seconds.Draw(_draws) * TimeSpan.TicksPerSecond;
        _at = ticks < (DateTimeOffset.MaxValue - _at).Ticks
            ? _at.AddTicks((long)ticks)
            : throw new InvalidOperationException("A conversation goes on after the year 9999. Start earlier, or take shorter gaps.");
    }

    /// <summary>What a turn adds to the conversation.</summary>
    private sealed class TurnText
    {
        internal PromptSegment User { get; set; }

        internal PromptSegment Kept { get; set; }

        internal List<PromptSegment> Answer { get; set; } = [];
    }
}
