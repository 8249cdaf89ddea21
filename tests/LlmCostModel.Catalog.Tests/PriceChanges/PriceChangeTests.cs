using System.Globalization;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Catalog.Tests.PriceChanges;

/// <summary>
/// Changes of price that public tables recorded. The catalog has each on the day that the table names, the old price the day before and the
/// new one on the day, or <c>price-changes.txt</c> says what else is right, which is checked too.
/// </summary>
[Trait("Prints", "figures")]
public class PriceChangeTests(ITestOutputHelper output)
{
    /// <summary>What a line of the list can say of a change, and what the catalog must have then.</summary>
    private static readonly Dictionary<string, Func<PriceChange, string[], bool>> Kinds = new(StringComparer.Ordinal)
    {
        ["table"] = (change, _) => change.IsOn(change.Seen),
        ["on"] = (change, days) => !change.IsOn(change.Seen) && change.IsOn(Day(days[0])),
        ["steps"] = (change, days) => change.IsFrom(Day(days[0]), Day(days[1])),
        ["none"] = (change, _) => change.IsNone(),
        ["other"] = (change, _) => change.IsPriced && !change.IsOn(change.Seen) && !change.IsNone(),
        ["unpriced"] = (change, _) => !change.IsPriced,
    };

    [SharedDataFact]
    public void RecordedChanges_AreInTheCatalog_OrListed()
    {
        ReasonList reasons = ReasonList.Read("price-changes.txt");
        HashSet<string> providers = [.. BuiltInCatalog.RateCards.Select(card => card.Provider!)];
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        List<string> unexplained = [];
        PriceChange[] all = [.. RecordedChanges.OfDailyCopies(), .. RecordedChanges.OfDatedHistory()];
        PriceChange[] ours = [.. all.Where(change => providers.Contains(change.Provider))];
        foreach (PriceChange change in ours)
        {
            Reason? reason = reasons.Find($"{change.Key} {change.Field}") ?? reasons.Find(change.Key);
            string[] words = reason?.Kind.Split(' ') ?? [""];
            counts[words[0]] = counts.GetValueOrDefault(words[0]) + 1;
            if (!(reason is null ? change.IsOn(change.Seen) : Kinds[words[0]](change, words[1..])))
            {
                unexplained.Add($"{change} ({reason?.Kind ?? "no reason listed"})");
            }
        }

        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        reasons.AssertAllApply();
        int Count(string kind) => counts.GetValueOrDefault(kind);
        Figures.AreStated(
            output,
            $"recorded {all.Length} changes of token prices, {all.Length - ours.Length} of them at hosts that the catalog does not have",
            $"Of the other {ours.Length}, {ours.Length - Count("none") - Count("other") - Count("unpriced")} are in the catalog",
            $"{Count("")} on the table's day, {Count("table")} on that day because no other source tells one",
            $"{Count("on")} on another day, which another source has, {Count("steps")} in two steps of which the table missed one",
            $"{Count("none")} are a table's correction of itself: the catalog has one of the two prices before and after",
            $"in {Count("other")} it has another price than the table, before or after, and {Count("unpriced")} are of ids that it does not price");
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
