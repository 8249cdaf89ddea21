namespace LlmCostModel.Budgets;

/// <summary>The part of an operation that belongs to a run. Scopes nest, and may end in any order and task.</summary>
internal sealed class RunScope : IDisposable
{
    private static readonly AsyncLocal<RunScope?> Ambient = new();

    private readonly RunScope? _outer;
    private volatile bool _isOver;

    internal RunScope(BudgetRun run)
    {
        (Run, _outer) = (run, Current);
        Ambient.Value = this;
    }

    /// <summary>The innermost scope that has not ended.</summary>
    internal static RunScope? Current => Open(Ambient.Value);

    /// <summary>The one around it that has not ended.</summary>
    internal RunScope? Outer => Open(_outer);

    internal BudgetRun Run { get; }

    public void Dispose()
    {
        _isOver = true;
        Ambient.Value = Current;
    }

    private static RunScope? Open(RunScope? scope)
    {
        while (scope is { _isOver: true })
        {
            scope = scope._outer;
        }

        return scope;
    }
}
