using System.Collections.Immutable;

namespace LlmCostModel.Catalog;

/// <summary>The ids of a card of the catalog, and what becomes of them when another card stands in front of it.</summary>
internal sealed class KnownIds
{
    private readonly RateCard _card;
    private readonly Dictionary<string, ModelPricing> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelPricing> _ignoringCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IdLifecycle> _lives;

    internal KnownIds(RateCard card)
    {
        _card = card;
        _lives = card.Lifecycle.ToDictionary(life => life.Id, StringComparer.Ordinal);
        foreach (ModelPricing model in card.Models)
        {
            foreach (string name in model.Aliases.Prepend(model.Id))
            {
                _models.TryAdd(name, model);
                _ignoringCase.TryAdd(name, model);
            }
        }
    }

    internal ModelPricing? Find(string id) => _models.GetValueOrDefault(id);

    internal ModelPricing? FindIgnoringCase(string id) => _ignoringCase.GetValueOrDefault(id);

    internal bool HasLife(string id) => _lives.ContainsKey(id);

    /// <summary>Whether the id led to another model, or to none, at an instant.</summary>
    internal bool IsEndedOrLed(string id, DateTimeOffset at) => LifeOf(id)?.Events.Any(one => one.From <= at) == true;

    /// <summary>The dated snapshot whose short name the id is, and whose life is known: in front of the catalog, the short name would price
    /// it past its end. <see langword="null"/> when there is none.</summary>
    internal string? FindSnapshotWithLife(string id) => _models.Keys.FirstOrDefault(name =>
        name.Length > id.Length + 1
        && name.StartsWith(id, StringComparison.OrdinalIgnoreCase)
        && name[id.Length] is '-' or '@'
        && name[(id.Length + 1)..].All(letter => char.IsAsciiDigit(letter) || letter is '-')
        && LifeOf(name) is not null);

    /// <summary>Adds the catalog's prices of what models in front of it would hide: of their dated snapshots with other prices, which a
    /// user's card covers unless it lists them, and of the models that the lives of their ids lead to.</summary>
    internal void AddWhatTheModelsHide(List<ModelPricing> models, out ImmutableArray<IdLifecycle> lives)
    {
        Dictionary<string, ModelPricing> inFront = models
            .SelectMany(model => model.Aliases.Prepend(model.Id), (model, name) => (model, name))
            .GroupBy(pair => pair.name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().model, StringComparer.Ordinal);
        SortedDictionary<string, IdLifecycle> kept = new(StringComparer.Ordinal);
        Queue<string> names = new(inFront.Keys.Order(StringComparer.Ordinal));
        Dictionary<string, string> ignoringCase = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        foreach ((string name, ModelPricing model) in _models.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!inFront.ContainsKey(name)
                && CoveringId(ignoringCase, name) is { } covering
                && (Find(covering) ?? inFront[covering]) != model)
            {
                Add(name, model);
            }
        }

        while (names.TryDequeue(out string? name))
        {
            if (LifeOf(name) is { } life && kept.TryAdd(name, life with { Id = name }))
            {
                IEnumerable<string> targets = life.Events.Select(one => one.Target).OfType<string>();
                foreach (string target in targets.Where(target => !inFront.ContainsKey(target)))
                {
                    if (Find(target) is { } model)
                    {
                        Add(target, model);
                    }
                    else
                    {
                        names.Enqueue(target);
                    }
                }
            }
        }

        lives = [.. kept.Values];

        void Add(string name, ModelPricing model)
        {
            ModelPricing alone = model with { Id = name, Aliases = [] };
            models.Add(alone);
            inFront.Add(name, alone);
            names.Enqueue(name);
        }
    }

    private IdLifecycle? LifeOf(string name) =>
        _lives.GetValueOrDefault(name) ?? (Find(name) is { } model ? _lives.GetValueOrDefault(model.Id) : null);

    /// <summary>The id in front of the catalog that a name would be read as: in another letter case, or without the date of a
    /// snapshot.</summary>
    private static string? CoveringId(Dictionary<string, string> ignoringCase, string name)
    {
        string? covering = ignoringCase.GetValueOrDefault(name);
        for (int end = name.Length; covering is null && end > 1 && (char.IsAsciiDigit(name[end - 1]) || name[end - 1] is '-' or '@'); end--)
        {
            covering = name[end - 1] is '-' or '@' ? ignoringCase.GetValueOrDefault(name[..(end - 1)]) : null;
        }

        return covering;
    }
}
