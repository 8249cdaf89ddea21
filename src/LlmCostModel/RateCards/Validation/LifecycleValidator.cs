namespace LlmCostModel;

/// <summary>Checks the lives of ids: every event does one thing, and leads to a model of the card in the end.</summary>
internal sealed class LifecycleValidator(FaultList faults)
{
    internal void Validate(RateCard card)
    {
        HashSet<string> models = [.. card.Models.SelectMany(model => model.Aliases.Prepend(model.Id))];
        Dictionary<string, IdLifecycle> lives = [];
        foreach (IdLifecycle life in card.Lifecycle)
        {
            string path = life.Path ?? $"{RateCardValidator.PathOf(card)}:Lifecycle:{life.Id}";
            if (!lives.TryAdd(life.Id, life))
            {
                faults.Add(path, life.Id, "has a life already in this card.", "Write all events of an id in one list.");
            }

            Validate(path, life, models, [.. card.Lifecycle.Select(other => other.Id)]);
        }

        HashSet<string> ends = [];
        foreach (IdLifecycle life in lives.Values)
        {
            if (LeadsToItself(life.Id, lives, [], ends))
            {
                faults.Add(
                    life.Path ?? $"{RateCardValidator.PathOf(card)}:Lifecycle:{life.Id}",
                    life.Id,
                    "leads back to itself.",
                    "Let the last id of the chain be a model with prices.");
            }
        }
    }

    private void Validate(string path, IdLifecycle life, HashSet<string> models, HashSet<string> lives)
    {
        if (life.Events.IsDefaultOrEmpty)
        {
            faults.AddUnlessInside(path, null, "has no events.", "Write at least one, with From and Target or Retired.");
            return;
        }

        if (!models.Contains(life.Id) && !life.Events.Any(one => one.Target is not null))
        {
            faults.Add(path, life.Id, "is no id of the card, and leads to none.", "Write the id as the card does, or a Target.");
        }

        foreach (IdEvent one in life.Events)
        {
            if ((one.Target is null ? 0 : 1) + (one.Retired ? 1 : 0) + (one.Unknown ? 1 : 0) != 1)
            {
                faults.AddUnlessInside(
                    path,
                    AmountFormat.ToText(one.From),
                    "has an event that is not one of Target, Retired and Unknown.",
                    "Write one of them.");
            }
            else if (one.Target is { } target && !models.Contains(target) && !lives.Contains(target))
            {
                faults.Add(path, target, "is a Target that the card does not have.", "Write the id of one of its models.");
            }
            else if (one is { Retired: false, Successor: not null })
            {
                faults.Add(path, one.Successor, "is a Successor of an id that is not retired.", "Write Target, or Retired beside it.");
            }
        }

        if (life.Events.Select(one => one.From).Distinct().Count() < life.Events.Length)
        {
            faults.Add(path, life.Id, "has two events at one instant.", "Give every event its own From.");
        }
    }

    /// <param name="id">The id.</param>
    /// <param name="lives">The lives by id.</param>
    /// <param name="way">The ids that led to it.</param>
    /// <param name="ends">Ids that are known to end somewhere, however many ways lead to them.</param>
    private static bool LeadsToItself(string id, Dictionary<string, IdLifecycle> lives, HashSet<string> way, HashSet<string> ends)
    {
        if (ends.Contains(id) || !lives.TryGetValue(id, out IdLifecycle? life))
        {
            return false;
        }

        if (!way.Add(id) || life.Events.Any(one => one.Target is { } target && LeadsToItself(target, lives, way, ends)))
        {
            return true;
        }

        way.Remove(id);
        ends.Add(id);
        return false;
    }
}
