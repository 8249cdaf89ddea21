namespace LlmCostModel;

/// <summary>How a stream ended, noted where an iterator cannot: it must not yield inside a catch.</summary>
internal sealed class StreamEnd
{
    private bool _isBegun;

    /// <summary>Whether the client saw the end of the stream.</summary>
    internal bool WasReached { get; private set; }

    /// <summary>What the stream failed with; <see langword="null"/> when it did not fail.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>What a handler below reads of the stream.</summary>
    internal CallInFlight Wire { get; } = new();

    internal async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> updates)
    {
        try
        {
            if (!_isBegun || Wire.IsUsed)
            {
                _isBegun = true;
                Wire.Enter();
            }

            bool more = await updates.MoveNextAsync().ConfigureAwait(false);
            WasReached = !more;
            return more;
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }
    }
}
