using CsCheck;

namespace LlmCostModel.Budgets;

/// <summary>A tree of runs and what they do, in a ledger and beside it as plain sums, which have to agree after every step.</summary>
internal sealed class RunTree : IDisposable
{
    private const decimal WrapUpAt = 0.8m;

    private readonly BudgetLedger _ledger;
    private readonly Dictionary<string, string> _tags = new() { ["world"] = Guid.NewGuid().ToString("N") };
    private readonly List<Node> _nodes = [];
    private readonly List<(Node Of, decimal Held, decimal Floor, BudgetLease Lease)> _open = [];
    private decimal _spent, _held; // of the budget of the world, which is 1.2 USD

    internal RunTree(BudgetLedger ledger, (int Above, int Cents, int Calls)[] plans)
    {
        _ledger = ledger;
        foreach ((int above, int cents, int calls) in plans)
        {
            Node? parent = _nodes.Count == 0 ? null : _nodes[above % _nodes.Count];
            BudgetRunOptions options = new()
            {
                Id = $"{_nodes.Count}",
                Money = cents < 0 ? null : new Money(cents / 100m, "USD"),
                Calls = calls < 0 ? null : calls,
                WrapUpAt = WrapUpAt,
            };
            _nodes.Add(new(parent is null ? ledger.StartRun(options) : parent.Run.StartChild(options), parent, options));
        }
    }

    /// <summary>Of each run: which one is above it, its limits in cents and calls; less than 0 for none.</summary>
    internal static Gen<(int Above, int Cents, int Calls)[]> Plans => Gen.Select(Gen.Int[0, 6], Gen.Int[-60, 100], Gen.Int[-6, 8]).Array[1, 7];

    /// <summary>What happens, to which run or lease, and how much.</summary>
    internal static Gen<(int What, int Which, int Cents)[]> Steps => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 20], Gen.Int[0, 30]).Array[1, 30];

    internal int Denied { get; private set; }

    internal int Stopped => _nodes.Count(node => node.HasStopped);

    internal int WrappedUp => _nodes.Count(node => node.WrapsUp);

    internal async Task DoAsync((int What, int Which, int Cents)[] steps)
    {
        foreach ((int what, int which, int cents) in steps)
        {
            if (what <= 2 || _open.Count == 0)
            {
                await ReserveAsync(_nodes[which % _nodes.Count], cents / 100m);
            }
            else
            {
                await EndAsync(which % _open.Count, what, cents / 100m);
            }

            foreach (Node node in _nodes)
            {
                await CheckAsync(node);
            }
        }
    }

    public void Dispose() => _nodes.ForEach(node => node.Run.Dispose());

    private async Task ReserveAsync(Node node, decimal ceiling)
    {
        decimal floor = Math.Floor(ceiling * 50) / 100;
        BudgetRequest request = new() { Tags = _tags, Ceiling = new(ceiling, "USD"), Floor = new(floor, "USD") };
        string? expected = Expect(node, ceiling);
        BudgetLease lease = await node.Run.ReserveAsync(request);
        Assert.Equal(expected, lease.Denial is { } denial ? $"{denial.Budget} {(denial.Reason == DenialReason.RunStopped ? "stopped" : denial.Unit)}" : null);
        Assert.Equal(expected is null, lease.IsAcquired);
        Denied += lease.IsAcquired ? 0 : 1;
        if (lease.IsAcquired)
        {
            _held += ceiling;
            node.Chain.ForEach(run => (run.Held, run.HeldCalls) = (run.Held + ceiling, run.HeldCalls + 1));
            _open.Add((node, ceiling, floor, lease));
        }
    }

    /// <summary>The first limit without room, and what that does to its run; <see langword="null"/> when there is room everywhere.</summary>
    private string? Expect(Node node, decimal ceiling)
    {
        if (node.HasStopped)
        {
            return $"run/{node.Run.Id} stopped";
        }

        if (ceiling > 0 && _spent + _held + ceiling > 1.2m)
        {
            return "world Money";
        }

        foreach (Node run in node.Chain)
        {
            bool money = ceiling > 0 && run.Spent + run.Held + ceiling > run.Money;
            if (money || run.SpentCalls + run.HeldCalls + 1 > run.Calls)
            {
                run.IsStopped |= money ? run.Spent >= run.Money : run.SpentCalls >= run.Calls;
                return $"run/{run.Run.Id} {(money ? BudgetUnit.Money : BudgetUnit.Calls)}";
            }
        }

        return null;
    }

    private async Task EndAsync(int place, int what, decimal wanted)
    {
        (Node node, decimal held, decimal floor, BudgetLease lease) = _open[place];
        _open.RemoveAt(place);
        (decimal spent, int calls) = what switch
        {
            3 => (Math.Min(wanted, held), 1),
            4 => (0m, 0),
            _ => (floor, 1), // the floor of a call is the call
        };
        switch (what)
        {
            case 3:
                await lease.SettleAsync(new Money(spent, "USD"));
                break;
            case 4:
                await lease.ReleaseAsync();
                break;
            default:
                await lease.DisposeAsync();
                break;
        }

        (_held, _spent) = (_held - held, _spent + spent);
        node.Own += spent;
        foreach (Node run in node.Chain)
        {
            (run.Held, run.HeldCalls) = (run.Held - held, run.HeldCalls - 1);
            (run.Spent, run.SpentCalls) = (run.Spent + spent, run.SpentCalls + calls);
        }
    }

    private async Task CheckAsync(Node node)
    {
        foreach (BudgetStatus status in await node.Run.GetStatusAsync())
        {
            bool money = status.Unit == BudgetUnit.Money;
            Assert.Equal(money ? (node.Spent, node.Held) : (node.SpentCalls, node.HeldCalls), (status.Spent, status.Held));
            Assert.Equal(node.Chain.Min(run => money ? run.Money - run.Spent - run.Held : run.Calls - run.SpentCalls - run.HeldCalls), status.Remaining);
            Assert.True(status.Remaining >= 0, "A limit was passed.");
        }

        Assert.Equal(node.Own + _nodes.Where(child => child.Parent == node).Sum(child => child.Spent), node.Spent);
        node.Chain.ForEach(run => run.IsToldToWrapUp |= run.Spent >= run.Money * WrapUpAt || run.SpentCalls >= run.Calls * WrapUpAt);
        Assert.Equal((node.HasStopped, node.WrapsUp), (node.Run.Stop is not null, node.Run.WrapUp.IsCancellationRequested));
    }

    /// <summary>A run as sums: of itself and all below it.</summary>
    private sealed class Node
    {
        internal Node(BudgetRun run, Node? parent, BudgetRunOptions options)
        {
            (Run, Parent, Money, Calls) = (run, parent, options.Money?.Amount, options.Calls);
            Chain = [this, .. parent?.Chain ?? []];
        }

        internal BudgetRun Run { get; }

        internal Node? Parent { get; }

        internal List<Node> Chain { get; }

        internal decimal? Money { get; }

        internal decimal? Calls { get; }

        internal decimal Own { get; set; }

        internal decimal Spent { get; set; }

        internal decimal Held { get; set; }

        internal decimal SpentCalls { get; set; }

        internal decimal HeldCalls { get; set; }

        internal bool IsStopped { get; set; }

        internal bool IsToldToWrapUp { get; set; }

        internal bool HasStopped => Chain.Exists(run => run.IsStopped);

        internal bool WrapsUp => HasStopped || Chain.Exists(run => run.IsToldToWrapUp);
    }
}
