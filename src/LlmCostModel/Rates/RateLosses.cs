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
        where !after.Parts.Any(other => other.Section == part.Section && other.ToString() == part.ToString())
        select Loss(part.Section, $"{part} held something of it and holds nothing any more.");

    /// <summary>A card of a catalog is there as before, with most of its models, and its prices are not older.</summary>
    private static IEnumerable<InputFault> LostCards(LoadedRates before, LoadedRates after)
    {
        Dictionary<string, RateCard> there = new(StringComparer.Ordinal);
        foreach (RateCard card in after.Index.CatalogCards)
        {
            there.TryAdd(card.Name, card);
        }

        foreach (RateCard card in before.Index.CatalogCards.DistinctBy(card => card.Name))
        {
            string path = $"rate card '{card.Name}'";
            if (!there.TryGetValue(card.Name, out RateCard? next))
            {
                yield return Loss(path, "is gone.");
            }
            else if (IsFarFewer(card.Models.Length, next.Models.Length))
            {
                yield return Loss(path, Fewer("model", card.Models.Length, next.Models.Length));
            }
            else if (next.AsOf < card.AsOf)
            {
                yield return Loss(path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"has prices of {next.AsOf:yyyy-MM-dd}, where those of {card.AsOf:yyyy-MM-dd} are in use."));
            }
        }
    }

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
