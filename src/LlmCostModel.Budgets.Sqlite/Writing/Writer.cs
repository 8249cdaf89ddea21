using LlmCostModel.Budgets.Sqlite.Database;
using LlmCostModel.Budgets.Sqlite.Steps;
using LlmCostModel.Budgets.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace LlmCostModel.Budgets.Sqlite.Writing;

/// <summary>The one thread of a store that changes the file. It takes all commands that wait into one transaction, so that many callers
/// wait for the disk once, not once each.</summary>
internal sealed class Writer
{
    /// <summary>So that no caller waits for more than some milliseconds of others.</summary>
    private const int MostAtOnce = 256;

    private readonly object _owner;
    private readonly SqliteBudgetStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Queue<StoreStep> _waiting = [];
    private bool _closed;
    private Books? _books;

    /// <param name="owner">The store, for errors.</param>
    /// <param name="options">The options, checked.</param>
    /// <param name="clock">The clock.</param>
    internal Writer(object owner, SqliteBudgetStoreOptions options, TimeProvider clock)
    {
        (_owner, _options, _clock) = (owner, options, clock);
        _books = Open();
        new Thread(Work) { IsBackground = true, Name = owner.GetType().Name }.Start();
    }

    /// <summary>Runs a command when its turn comes.</summary>
    /// <returns>The end of it: it is in the file.</returns>
    internal Task RunAsync(StoreStep step, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, _owner);
            _waiting.Enqueue(step);
            Monitor.Pulse(_gate);
        }

        return cancellationToken.CanBeCanceled ? step.Task.WaitAsync(cancellationToken) : step.Task;
    }

    /// <summary>Ends when all that waits is done.</summary>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        return _ended.Task;
    }

    private void Work()
    {
        List<StoreStep> group = [];
        while (Take(group))
        {
            Run(group);
            group.Clear();
        }

        _books?.Dispose();
        _ended.SetResult();
    }

    /// <summary>Waits for commands, and takes those that are there.</summary>
    private bool Take(List<StoreStep> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            while (group.Count < MostAtOnce && _waiting.TryDequeue(out StoreStep? step))
            {
                group.Add(step);
            }

            return true;
        }
    }

    /// <summary>Runs a group. When one of it fails, nothing of the group stays, and each is run alone, so that the one that fails takes no
    /// other with it.</summary>
    private void Run(List<StoreStep> group)
    {
        Exception? failure = Try(group, out bool mayRepeat);
        if (failure is not null && mayRepeat && group.Count > 1)
        {
            foreach (StoreStep step in group)
            {
                Run([step]);
            }

            return;
        }

        foreach (StoreStep step in group)
        {
            if (failure is null)
            {
                step.SetResult();
            }
            else
            {
                step.SetException(failure);
            }
        }
    }

    /// <summary>One transaction, which is in the file when this returns nothing.</summary>
    /// <param name="group">The commands.</param>
    /// <param name="mayRepeat">Whether a command failed, and not the transaction.</param>
    private Exception? Try(List<StoreStep> group, out bool mayRepeat)
    {
        mayRepeat = false;
        try
        {
            _books ??= Open();
            _books.Begin();
            mayRepeat = true;
            _books.Forget(group.Count, Now());
            for (int i = 0; i < group.Count; i++)
            {
                group[i].Run(_books, Now());
            }

            mayRepeat = false;
            _books.Commit();
            return null;
        }
        catch (Exception failure)
        {
            TakeBack(keep: mayRepeat);
            return failure is SqliteException said ? StoreFaults.Explain(said, _options.Path) : failure;
        }
    }

    /// <summary>Takes a transaction back. What a file is like whose commit failed nobody knows, so it is opened anew.</summary>
    private void TakeBack(bool keep)
    {
        try
        {
            _books?.Rollback();
        }
        catch (SqliteException)
        {
            keep = false;
        }

        if (!keep)
        {
            _books?.Dispose();
            _books = null;
        }
    }

    private Books Open()
    {
        try
        {
            StoreFile.Make(_options.Path);
            return new Books(_options);
        }
        catch (SqliteException said)
        {
            throw StoreFaults.Explain(said, _options.Path);
        }
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
