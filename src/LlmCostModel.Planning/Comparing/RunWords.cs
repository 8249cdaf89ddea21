namespace LlmCostModel.Planning;

/// <summary>What is taken for granted about one candidate's cost, and what a reader should know about it.</summary>
internal sealed class RunWords(WorkloadCandidate candidate)
{
    private readonly List<string> _assumptions = [];
    private readonly List<string> _notes = [];
    private (TokenUsage Usage, MeteredQuantities Meters)? _probe;
    private bool _hasInstants;

    internal IReadOnlyList<string> Assumptions => _assumptions;

    internal IReadOnlyList<string> Notes => _notes;

    internal void Assume(string text) => _assumptions.Add(text);

    internal void Note(string text) => _notes.Add(text);

    /// <summary>Keeps one call that has a price, to ask what it costs at other hours.</summary>
    internal void SeePriced(TokenUsage usage, MeteredQuantities meters, DateTimeOffset? at)
    {
        _probe ??= (usage, meters);
        _hasInstants |= at is not null;
    }

    /// <summary>Completes the words once everything was sent.</summary>
    internal void Finish(ICostEstimator estimator, CacheSimulator? simulator)
    {
        _assumptions.AddRange(simulator?.Assumptions ?? []);
        if (_probe is null)
        {
            return;
        }

        _assumptions.Add(candidate.Context.At is { } at ? $"Prices are those of {AmountFormat.ToText(at)}."
            : _hasInstants ? "Each request has the prices of its own instant."
            : "Prices are those of now.");
        if (HourlyPrices.FindNote(estimator, candidate.Model, candidate.Context, _probe.Value.Usage, _probe.Value.Meters) is { } note)
        {
            _notes.Add(note);
        }
    }
}
