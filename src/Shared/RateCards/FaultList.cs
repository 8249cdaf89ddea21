namespace LlmCostModel;

/// <summary>Collects every fault of a reading or a validation, so that all are reported together.</summary>
internal sealed class FaultList
{
    private readonly List<InputFault> _faults = [];

    internal IReadOnlyList<InputFault> All => _faults;

    internal bool HasErrors => _faults.Exists(fault => !fault.IsWarning);

    internal void Add(string path, string? value, string problem, string fix) => Add(path, value, problem, fix, isWarning: false);

    /// <summary>Adds a fault of something as a whole, unless a fault inside it tells the cause.</summary>
    internal void AddUnlessInside(string path, string? value, string problem, string fix)
    {
        if (!_faults.Exists(fault => fault.Path == path || fault.Path.StartsWith(path + ":", StringComparison.Ordinal)))
        {
            Add(path, value, problem, fix);
        }
    }

    internal void Add(ConfigNode node, string problem, string fix) => Add(node.Path, node.Value, problem, fix);

    internal void Warn(string path, string? value, string problem, string fix) => Add(path, value, problem, fix, isWarning: true);

    internal void AddRange(IEnumerable<InputFault> faults) => _faults.AddRange(faults);

    private void Add(string path, string? value, string problem, string fix, bool isWarning) =>
        _faults.Add(new InputFault { Path = path, Value = value, Problem = problem, Fix = fix, IsWarning = isWarning });
}
