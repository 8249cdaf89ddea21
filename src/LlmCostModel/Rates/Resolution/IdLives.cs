namespace LlmCostModel;

/// <summary>What the ids of one card mean through time, worked out from their lives: an event leads to a model, which may have been led
/// elsewhere itself.</summary>
internal sealed class IdLives
{
    private readonly RateCard _card;
    private readonly Dictionary<string, IdLifecycle> _lives;
    private readonly Func<string, CompiledPricing?> _find;

    /// <param name="card">The card.</param>
    /// <param name="find">Finds a model of the card by a name, also by one that only leads to it.</param>
    internal IdLives(RateCard card, Func<string, CompiledPricing?> find)
    {
        _card = card;
        _lives = card.Lifecycle.ToDictionary(life => life.Id, StringComparer.Ordinal);
        _find = name => find(name) is { } model && (model.Model.Id == name || model.Model.Aliases.Contains(name)) ? model : null;
    }

    /// <summary>The names that do not mean one model at any instant, each with a model that stands for its card: ids, their aliases
    /// without a life of their own, and names that move.</summary>
    internal IEnumerable<(string Name, CompiledPricing Pricing)> Names =>
        from life in _card.Lifecycle
        let pricing = _find(life.Id) ?? AnyTargetOf(life)
        from name in pricing.Model.Id == life.Id
            ? pricing.Model.Aliases.Where(alias => !_lives.ContainsKey(alias)).Prepend(life.Id)
            : [life.Id]
        select (name, pricing);

    /// <summary>The phases of a name by their beginning, without gaps.</summary>
    internal IdPhase[] PhasesOf(string name) => [.. Find(name, depth: 0)];

    /// <summary>The life of a name is its own, or that of the model whose alias it is.</summary>
    private IdLifecycle? LifeOf(string name) =>
        _lives.GetValueOrDefault(name) ?? (_find(name) is { } model ? _lives.GetValueOrDefault(model.Model.Id) : null);

    /// <summary>A name that moves has no model of its own: where it means nothing, any of its targets stands for the card.</summary>
    private CompiledPricing AnyTargetOf(IdLifecycle life) =>
        life.Events.Select(one => one.Target).OfType<string>().Select(target => _find(target) ?? AnyTargetOf(_lives[target])).First();

    private List<IdPhase> Find(string name, int depth)
    {
        CompiledPricing? own = _find(name);
        if (LifeOf(name) is not { } life || depth > _lives.Count)
        {
            return [new IdPhase(0, own!, [])];
        }

        IdEvent[] events = [.. life.Events.OrderBy(one => one.From)];
        List<IdPhase> phases = [new IdPhase(0, own ?? AnyTargetOf(life).WithoutPrice(name, events[0], isBefore: true), [])];
        for (int i = 0; i < events.Length; i++)
        {
            long end = i + 1 < events.Length ? events[i + 1].From.UtcTicks : long.MaxValue;
            AddPhases(phases, name, events[i], end, depth);
        }

        return phases;
    }

    private void AddPhases(List<IdPhase> phases, string name, IdEvent one, long end, int depth)
    {
        long begin = one.From.UtcTicks;
        if (one.Target is not { } target)
        {
            CompiledPricing? own = _find(name);
            CompiledPricing retired = (own ?? AnyTargetOf(_lives[name])).WithoutPrice(own?.Model.Id ?? name, one, isBefore: false);
            phases.Add(new IdPhase(begin, retired, []));
            return;
        }

        string step = $"'{name}' leads to '{target}' from {AmountFormat.ToText(one.From)} and is billed as it";
        List<IdPhase> behind = Find(target, depth + 1);
        for (int i = 0; i < behind.Count && behind[i].FromTicks < end; i++)
        {
            long next = i + 1 < behind.Count ? behind[i + 1].FromTicks : long.MaxValue;
            if (next > begin)
            {
                phases.Add(behind[i] with { FromTicks = Math.Max(begin, behind[i].FromTicks), Steps = [step, .. behind[i].Steps] });
            }
        }
    }
}
