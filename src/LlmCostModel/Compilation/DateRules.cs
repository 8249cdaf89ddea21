namespace LlmCostModel;

/// <summary>What the rules of a version ask of the instant of a call: between two dates that they name, the same of them hold, but for
/// their hours of the
/// week.</summary>
internal sealed class DateRules
{
    private readonly CompiledRule[] _rules;
    private readonly RuleSet _scheduled;
    private readonly long[] _edges;
    private readonly RuleSet[] _inForce; // before the first edge, then from each one on

    internal DateRules(CompiledRule[] rules)
    {
        _rules = rules;
        _edges =
        [
            .. rules
                .SelectMany(rule => new[] { rule.Rule.When.From, rule.Rule.When.Until })
                .OfType<DateTimeOffset>()
                .Select(edge => edge.UtcTicks)
                .Distinct()
                .Order(),
        ];
        _inForce = new RuleSet[_edges.Length + 1];
        foreach (CompiledRule rule in rules)
        {
            _scheduled = rule.Condition.HasSchedule ? _scheduled.With(rule.Index) : _scheduled;
            for (int i = 0; i < _inForce.Length; i++)
            {
                bool holds = rule.Condition.IncludesDate(i == 0 ? long.MinValue : _edges[i - 1]);
                _inForce[i] = holds ? _inForce[i].With(rule.Index) : _inForce[i];
            }
        }
    }

    /// <summary>Those of a set of rules whose dates and hours hold.</summary>
    internal RuleSet Ask(RuleSet rules, long utcTicks)
    {
        int passed = _edges.Length;
        while (passed > 0 && utcTicks < _edges[passed - 1])
        {
            passed--; // There are few edges, and most calls are made after the last one.
        }

        rules &= _inForce[passed];
        foreach (int index in rules & _scheduled)
        {
            rules = _rules[index].Condition.IncludesHour(utcTicks) ? rules : rules.Without(index);
        }

        return rules;
    }
}
