using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Outages;

/// <summary>Notices that a store lost what it had acknowledged: it is another one than before, or knows less than it did when it was asked;
/// or that it may have lost something, because another server may answer.</summary>
internal sealed class RollbackWatch
{
    private readonly Lock _lock = new();
    private StoreStamp? _last;
    private int _life;

    /// <summary>What is known when a command is sent. Answers come in any order, so an answer is compared with what was known before its
    /// command, not with the last answer.</summary>
    internal readonly record struct Mark(int Life, long Sequence);

    private enum Finding
    {
        Nothing,
        MayHaveLost,
        Lost,
    }

    /// <summary>What happens when the store lost something.</summary>
    internal Action? Lost { get; set; }

    /// <summary>What happens when it may have.</summary>
    internal Action? MayHaveLost { get; set; }

    internal Mark Sent()
    {
        lock (_lock)
        {
            return new(_life, _last?.Sequence ?? 0);
        }
    }

    /// <summary>Looks at an answer. One that a store gave before it was lost may come after everything was repeated: then that happens
    /// once more, with what this answer acknowledged.</summary>
    internal void Check(Mark sent, StoreStamp answered)
    {
        switch (Find(sent, answered))
        {
            case Finding.Lost:
                Lost?.Invoke();
                break;
            case Finding.MayHaveLost:
                MayHaveLost?.Invoke();
                break;
        }
    }

    private Finding Find(Mark sent, StoreStamp answered)
    {
        lock (_lock)
        {
            if (sent.Life != _life)
            {
                return Finding.MayHaveLost;
            }

            if (_last is not { } last)
            {
                _last = answered;
                return Finding.Nothing;
            }

            if (answered.Epoch != last.Epoch || answered.Sequence < sent.Sequence)
            {
                _last = answered;
                _life++;
                return Finding.Lost;
            }

            bool isOther = answered.Connection != last.Connection;
            if (answered.Connection >= last.Connection && (isOther || answered.Sequence > last.Sequence))
            {
                _last = StoreStamp.Create(
                    last.Epoch, Math.Max(answered.Sequence, last.Sequence), answered.Now, answered.Connection);
            }

            return isOther ? Finding.MayHaveLost : Finding.Nothing;
        }
    }
}
