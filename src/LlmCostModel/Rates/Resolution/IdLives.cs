namespace LlmCostModel;

/// <summary>What the ids of one card mean through time, worked out from their lives: an event leads to a model, which may have been led
/// elsewhere itself.</summary>
/// <remarks>Cards are validated, but for those of a source that does not keep its promise: an id that leads back to itself has no price
/// from then on, rather than no end.</remarks>
internal sealed class IdLives
{
    private readonly Dictionary<string, IdLifecycle> _lives = new(StringComparer.Ordinal);
    private readonly Func<string, CompiledPricing?> _find;

    /// <param name="card">The card.</param>
    /// <param name="find">Finds a model of the card by a name, also by one that only leads to it.</param>
    internal IdLives(RateCard card, Func<string, CompiledPricing?> find)
    {
        foreach (IdLifecycle life in card.Lifecycle)
        {
            _lives.TryAdd(life.Id, life);
        }

        _find = name => find(name) is { } model && (model.Model.Id == name || model.Model.Aliases.Contains(name)) ? model : null;
    }

    /// <summary>The names that do not mean one model at any instant, each with a model that stands for its card: ids, their aliases
    /// without a life of their own, and names that move. A name that leads to no model at all is none.</summary>
    internal IEnumerable<(string Name, CompiledPricing Pricing)> Names =>
        from life in _lives.Values
        let pricing = AnyModelOf(life.Id, [])
        where pricing is not null
        from name in pricing.Model.Id == life.Id
            ? pricing.Model.Aliases.Where(alias => !_lives.ContainsKey(alias)).Prepend(life.Id)
            : [life.Id]
        select (name, pricing);

    /// <summary>The phases of a name by their beginning, without gaps.</summary>
    internal IdPhase[] PhasesOf(string name) => [.. Find(name, via: null, AnyModelOf(name, [])!, [])];

    /// <summary>The life of a name is its own, or that of the model whose alias it is.</summary>
    private IdLifecycle? LifeOf(string name) =>
        _lives.GetValueOrDefault(name) ?? (_find(name) is { } model ? _lives.GetValueOrDefault(model.Model.Id) : null);

    /// <summary>A name that moves has no model of its own: where it means nothing, any of its targets stands for the card.</summary>
    private CompiledPricing? AnyModelOf(string name, HashSet<string> seen) =>
        _find(name) ?? (seen.Add(name) && _lives.TryGetValue(name, out IdLifecycle? life)
            ? life.Events.Where(one => one.Target is not null)
                .Select(one => AnyModelOf(one.Target!, seen))
                .FirstOrDefault(found => found is not null)
            : null);

    /// <param name="name">The name.</param>
    /// <param name="via">The event that led to it; <see langword="null"/> for the name that was asked for.</param>
    /// <param name="standIn">A model of the card, where a name has none.</param>
    /// <param name="known">The phases of the names on the way, each worked out once; <see langword="null"/> while that lasts.</param>
    private List<IdPhase> Find(string name, IdEvent? via, CompiledPricing standIn, Dictionary<string, List<IdPhase>?> known)
    {
        if (known.TryGetValue(name, out List<IdPhase>? found) && found is not null)
        {
            return found;
        }

        CompiledPricing? own = _find(name);
        IdEvent[] events = LifeOf(name) is { } life ? [.. life.Events.OrderBy(one => one.From)] : [];
        bool isNothing = own is null && events.Length == 0;
        if (isNothing || !known.TryAdd(name, null))
        {
            string why = isNothing ? "No model has this id" : "It leads back to itself";
            IdEvent end = via! with { Target = null, Unknown = true, Note = why };
            return [new IdPhase(0, standIn.WithoutPrice(name, name, end, isBefore: false), [])];
        }

        List<IdPhase> phases = [new IdPhase(0, own ?? standIn.WithoutPrice(name, name, events[0], isBefore: true), [])];
        for (int i = 0; i < events.Length; i++)
        {
            (long begin, long end) = (events[i].From.UtcTicks, i + 1 < events.Length ? events[i + 1].From.UtcTicks : long.MaxValue);
            if (events[i].Target is { } target)
            {
                string step = $"'{name}' leads to '{target}' from {AmountFormat.ToText(events[i].From)} and is billed as it";
                AddPhases(phases, Find(target, events[i], standIn, known), step, begin, end);
            }
            else
            {
                // An alias may end while the model that it is of goes on.
                string id = own?.Model.Id ?? name;
                string ended = LifeOf(name)!.Id == name ? name : id;
                phases.Add(new IdPhase(begin, (own ?? standIn).WithoutPrice(id, ended, events[i], isBefore: false), []));
            }
        }

        known[name] = phases;
        return phases;
    }

    private static void AddPhases(List<IdPhase> phases, List<IdPhase> behind, string step, long begin, long end)
    {
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
