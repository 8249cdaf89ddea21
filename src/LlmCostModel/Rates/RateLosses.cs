using System.Globalization;

namespace LlmCostModel;

/// <summary>Finds what a change would take away. A file that is cut, emptied or gone looks like rates that someone removed, and nobody
/// would notice the other prices of a catalog.</summary>
internal static class RateLosses
{
    private const string Fix =
        "The rates before the change stay in use. Restore it; if it is meant, set LlmCostModel:AllowLossOnReload or restart the "
            + "application.";

    internal static IReadOnlyList<InputFault> Find(LoadedRates before, LoadedRates after)
    {
        if (before.AllowsLoss || after.AllowsLoss)
        {
            return [];
        }

        List<InputFault> losses = [.. LostParts(before, after), .. LostCards(before, after)];
        AddFewer(losses, "RateCards", "model", CountModels(before), CountModels(after));
        AddFewer(losses, "Overlays", "overlay", before.Overlays, after.Overlays);
        AddFewer(losses, "Deployments", "deployment", before.Deployments, after.Deployments);
        return losses;
    }

    private static int CountModels(LoadedRates rates) => rates.Index.UserCards.Sum(card => card.Models.Length);

    private static IEnumerable<InputFault> LostParts(LoadedRates before, LoadedRates after) =>
        from part in before.Parts
        group part by (part.Section, Text: part.ToString()) into alike // nothing else distinguishes files of one name in two folders
        where after.Parts.Count(other => (other.Section, other.ToString()) == alike.Key) < alike.Count()
        select Loss(alike.Key.Section, $"{alike.Key.Text} held something of it and holds nothing any more.");

    /// <summary>A card of a catalog is there as before, with most of its models, and its prices are not older.</summary>
    private static IEnumerable<InputFault> LostCards(LoadedRates before, LoadedRates after)
    {
        ILookup<string, RateCard> there = after.Index.CatalogCards.ToLookup(card => card.Name, StringComparer.Ordinal);
        foreach (IGrouping<string, RateCard> cards in before.Index.CatalogCards.GroupBy(card => card.Name, StringComparer.Ordinal))
        {
            string path = $"rate card '{cards.Key}'";
            RateCard[] next = [.. there[cards.Key]];
            string[] ids = IdsOf(cards);
            int kept = ids.Intersect(IdsOf(next), StringComparer.OrdinalIgnoreCase).Count();
            if (next.Length < cards.Count())
            {
                yield return Loss(path, next.Length == 0 ? "is gone." : "is gone from one of the sources that have one of this name.");
            }
            else if (IsFarFewer(ids.Length, next.Sum(card => card.Models.Length)))
            {
                yield return Loss(path, Fewer("model", ids.Length, next.Sum(card => card.Models.Length)));
            }
            else if (IsFarFewer(ids.Length, kept))
            {
                yield return Loss(path, string.Create(
                    CultureInfo.InvariantCulture, $"has {kept} of the {ids.Length} models in use, fewer than half, and others instead."));
            }
            else if (cards.Max(card => card.AsOf) is { } day && !(next.Max(card => card.AsOf) >= day))
            {
                string stated = next.Max(card => card.AsOf) is { } older
                    ? string.Create(CultureInfo.InvariantCulture, $"has prices of {older:yyyy-MM-dd}")
                    : "does not say of which day its prices are";
                yield return Loss(path, string.Create(
                    CultureInfo.InvariantCulture, $"{stated}, where those of {day:yyyy-MM-dd} are in use."));
            }
        }
    }

    private static string[] IdsOf(IEnumerable<RateCard> cards) => [.. cards.SelectMany(card => card.Models).Select(model => model.Id)];

    private static void AddFewer(List<InputFault> losses, string what, string one, int before, int after)
    {
        if (IsFarFewer(before, after))
        {
            losses.Add(Loss($"{LlmCostModelOptions.SectionName}:{what}", Fewer(one, before, after)));
        }
    }

    /// <summary>Fewer than half: someone may remove one of two models, but hardly two of three at once.</summary>
    private static bool IsFarFewer(int before, int after) => after < before - after;

    private static string Fewer(string one, int before, int after) =>
        string.Create(CultureInfo.InvariantCulture, $"has {after} {one}{(after == 1 ? "" : "s")}, fewer than half of the {before} in use.");

    private static InputFault Loss(string path, string problem) => new() { Path = path, Problem = problem, Fix = Fix };
}
