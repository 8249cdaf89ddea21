namespace LlmCostModel;

/// <summary>A call that a tracked client is making: what the handler below reads of it is handed to the client, so that the call counts
/// once, by what its bodies say.</summary>
/// <remarks>
/// A client opens one around each call and enters it before anything is sent. Attempts that the provider refuses are not handed over, and
/// those that failed do not count beside an answer; two answers in one call, as of a tool loop inside of an SDK, are two calls.
/// Thread-safe. Made with every tracked call, so it is small until a handler uses it.
/// </remarks>
internal sealed class CallInFlight
{
    private static readonly AsyncLocal<CallInFlight?> Ambient = new();

    private List<Action>? _open;
    private List<HttpAnswer>? _answers;
    private int _lastStatus;
    private bool _isOver;

    /// <summary>The innermost call around; <see langword="null"/> when there is none, or when it is over: what a call left behind in the
    /// background counts by itself.</summary>
    internal static CallInFlight? Current => Ambient.Value is { _isOver: false } call ? call : null;

    /// <summary>Whether something was sent, through a handler that reads it.</summary>
    internal bool WasSent { get; private set; }

    /// <summary>Whether a handler refers to it, so that it has to be entered again for what the call sends later.</summary>
    internal bool IsUsed => _open is not null;

    /// <summary>The status of the last answer; 0 before the first.</summary>
    internal int LastStatus => _lastStatus;

    /// <summary>Makes this the call around what the running method calls from now on; it ends where the method does.</summary>
    internal void Enter() => Ambient.Value = this;

    /// <summary>Notes that an exchange has begun.</summary>
    /// <param name="end">Ends it when the call is over and nobody has read its answer to the end.</param>
    /// <returns>Whether the call is not over yet, so that the exchange is part of it.</returns>
    internal bool TryBegin(Action end)
    {
        lock (this)
        {
            if (!_isOver)
            {
                (_open ??= []).Add(end);
            }

            return !_isOver;
        }
    }

    /// <summary>Notes that a request was sent, and the status of its answer, if there was one.</summary>
    internal void Sent(int? status) => (WasSent, _lastStatus) = (true, status ?? _lastStatus);

    /// <summary>Takes an answer.</summary>
    internal void Take(HttpAnswer answer)
    {
        lock (this)
        {
            (_answers ??= []).Add(answer);
        }
    }

    /// <summary>Ends the call: what is still open is read as far as it came, and nothing is taken any more.</summary>
    /// <returns>The answers, each a call.</returns>
    internal IReadOnlyList<HttpAnswer> End()
    {
        Action[] open;
        lock (this)
        {
            if (_isOver || _open is null)
            {
                _isOver = true;
                return Answers();
            }

            open = [.. _open];
        }

        foreach (Action end in open)
        {
            end();
        }

        lock (this)
        {
            _isOver = true;
            return Answers();
        }
    }

    private IReadOnlyList<HttpAnswer> Answers()
    {
        if (_answers is null)
        {
            return [];
        }

        bool isAnswered = _answers.Exists(answer => !answer.IsFailure);
        return [.. _answers.Where(answer => !(isAnswered && answer.IsFailure))];
    }
}
