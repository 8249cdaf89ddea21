namespace LlmCostModel;

/// <summary>How a stream ended, noted where an iterator cannot: it must not yield inside a catch.</summary>
internal sealed class StreamEnd
{
    /// <summary>Whether the client saw the end of the stream.</summary>
    internal bool WasReached { get; private set; }

    /// <summary>What the stream failed with; <see langword="null"/> when it did not fail.</summary>
    internal Exception? Failure { get; private set; }

    internal async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> updates)
    {
        try
        {
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
