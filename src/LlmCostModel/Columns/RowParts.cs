using System.Runtime.ExceptionServices;

namespace LlmCostModel;

/// <summary>Shares rows among threads: each takes the next part when it is done with one, so that none waits for a slow one.</summary>
internal static class RowParts
{
    private const int Rows = 1 << 16;

    /// <summary>Goes through all rows, part by part, also with one thread: what happens in a part does not depend on how many there
    /// are.</summary>
    /// <typeparam name="T">What a thread adds to.</typeparam>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="threads">How many threads there may be.</param>
    /// <param name="make">Makes what a thread needs.</param>
    /// <param name="add">Goes through the rows from one to another.</param>
    /// <returns>What each thread made.</returns>
    internal static T[] Share<T>(int rows, int threads, Func<T> make, Action<T, int, int> add)
    {
        int parts = (int)(((long)rows + Rows - 1) / Rows);
        T[] results = new T[Math.Clamp(parts, 1, threads)];
        int next = -1;
        (int Part, ExceptionDispatchInfo Why)? fault = null; // that of the first rows, as with one thread
        if (results.Length == 1)
        {
            Work(0);
        }
        else
        {
            Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = results.Length }, Work);
        }

        fault?.Why.Throw();
        return results;

        void Work(int thread)
        {
            T result = results[thread] = make();
            while (fault is null && Interlocked.Increment(ref next) is int part && part < parts)
            {
                try
                {
                    int start = part * Rows;
                    add(result, start, (int)Math.Min((long)start + Rows, rows));
                }
                catch (Exception exception)
                {
                    lock (results)
                    {
                        fault = fault is { } earlier && earlier.Part < part ? earlier : (part, ExceptionDispatchInfo.Capture(exception));
                    }
                }
            }
        }
    }
}
