using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Says why a change may not pass, and what has to be known of a comparison.</summary>
internal sealed class GateWords(CostGateOptions options, GateComparer comparer, GateReader before, GateReader after)
{
    private const int Named = 5;

    public required SummaryKey? MissingScenario { get; init; }

    public required SummaryKey? MissingRun { get; init; }

    public required GateInstant Instant { get; init; }

    private bool HasScenarios => comparer.Names.Any(name => name is not null);

    private IEnumerable<(string Name, GateReader Reader, GateSide? Side)> Sides =>
        [("base", before, comparer.Total.Base), ("head", after, comparer.Total.Head)];

    public IEnumerable<string> Reasons()
    {
        foreach ((string name, GateReader reader, _) in Sides.Where(side => side.Reader.Records == side.Reader.Rejected))
        {
            yield return $"The {name} has no calls{(reader.Rejected > 0 ? " that can be read" : "")}, so that nothing can be compared.";
        }

        foreach (SummaryKey missing in ((SummaryKey?[])[MissingScenario, MissingRun]).OfType<SummaryKey>())
        {
            yield return $"No call states '{missing.Name}'. Name what the calls state.";
        }

        if (options.OnlyCommon && comparer.Total is { Base: null, Head: null })
        {
            yield return "No scenario is in both runs, so that nothing can be compared.";
        }

        if (HasScenarios && Of(GateVerdict.Increase) is { Length: > 0 } more)
        {
            yield return $"{List(more)} {(more.Length == 1 ? "costs" : "cost")} more than is allowed.";
        }

        if (comparer.Total.Verdict == GateVerdict.Increase)
        {
            yield return $"{(HasScenarios ? "All together cost" : "The head costs")} more than is allowed.";
        }

        if (Of(GateVerdict.Unpriced) is { Length: > 0 } open)
        {
            yield return $"{List(open)} {(open.Length == 1 ? "has" : "have")} calls that are not wholly priced, so that it is not known "
                + "what the change did.";
        }

        foreach (IGrouping<string, SummaryReason> same in Unpriced().GroupBy(reason => reason.Text, StringComparer.Ordinal))
        {
            long count = same.Sum(reason => reason.Count);
            yield return count == 1 ? same.Key : $"{same.Key} ({Text(count)} calls)";
        }

        foreach ((string name, GateReader reader, _) in Sides.Where(side => side.Reader.Rejected > 0))
        {
            yield return $"Records of the {name} that cannot be read, so that it lacks calls: {Text(reader.Rejected)}.";
        }
    }

    public IEnumerable<string> Notes()
    {
        if (Instant == GateInstant.Now)
        {
            yield return "No call states its time: the prices are those of now.";
        }

        if (comparer.Scenarios.Count > 0 && !HasScenarios && options.Scenario is null)
        {
            yield return "No call has the tag 'scenario', so that all are compared as one.";
        }
        else if (comparer.Scenarios.FirstOrDefault(one => one.Name is null) is { } none && comparer.Names.Count > 1)
        {
            yield return $"Calls that state no scenario, compared as one: {Text(none.Base?.Calls ?? 0)} of the base, "
                + $"{Text(none.Head?.Calls ?? 0)} of the head.";
        }

        foreach (GateVerdict verdict in (GateVerdict[])[GateVerdict.New, GateVerdict.Removed])
        {
            if (Of(verdict) is { Length: > 0 } apart)
            {
                string side = verdict == GateVerdict.New ? "head" : "base";
                yield return $"Only the {side} has {List(apart)}; {(options.OnlyCommon ? "left out of" : "counted in")} the total.";
            }
        }

        foreach (string note in NoiseNotes())
        {
            yield return note;
        }

        foreach ((string name, GateReader reader, _) in Sides.Where(side => side.Reader.Merged > 0))
        {
            yield return $"Records of the {name} that tell of a call that another one tells of as well, by its id: {Text(reader.Merged)}.";
        }
    }

    private IEnumerable<string> NoiseNotes()
    {
        if (comparer.Total.Base is not { } left || comparer.Total.Head is not { } right)
        {
            yield break;
        }

        if (left.Runs == 1 && right.Runs == 1)
        {
            yield return "Each side is one run, so that chance and change cannot be distinguished: the limit alone decides.";
            yield break;
        }

        if (left.Runs == 1 || right.Runs == 1)
        {
            yield return $"The {(left.Runs == 1 ? "base" : "head")} is one run. It is taken to vary as those of the other side do.";
        }

        foreach ((string name, _, GateSide? all) in Sides)
        {
            string[] some = [.. comparer.Scenarios.Where(one => (name == "base" ? one.Base : one.Head) is { } side && side.Runs < all!.Runs)
                .Select(NameOf)];
            if (some.Length > 0)
            {
                yield return $"Not in every run of the {name}, and averaged over the runs that have it: {List(some)}.";
            }
        }

        string[] once = [.. comparer.Scenarios.Where(IsOnce).Select(NameOf)];
        if (once.Length > 0)
        {
            yield return $"Run only once, so that nothing is known of its chance: {List(once)}. "
                + "The limit alone decides, and in the total it counts as a change, not as noise.";
        }

        IEnumerable<GateScenario> rows = comparer.Scenarios.Count > 1 ? comparer.Scenarios.Append(comparer.Total) : comparer.Scenarios;
        string[] blind = [.. rows.Where(one => one.Costs.Any(cost => cost.Noise > options.MaximumIncrease)).Select(NameOf)];
        if (blind.Length > 0)
        {
            decimal most = rows.SelectMany(one => one.Costs).Max(cost => cost.Noise ?? 0);
            yield return $"Runs vary so much that an increase of more than is allowed may count as noise, up to {Percent(most)}: "
                + $"{List(blind)}. More runs tell more.";
        }
    }

    /// <summary>Whether no side of it repeats, and the total counts it.</summary>
    private bool IsOnce(GateScenario one) => one.Base is not { Runs: > 1 } && one.Head is not { Runs: > 1 }
        && !(options.OnlyCommon && (one.Base is null || one.Head is null));

    private IEnumerable<SummaryReason> Unpriced() =>
        comparer.Scenarios.SelectMany(one => (one.Base?.Reasons ?? []).Concat(one.Head?.Reasons ?? []));

    private string[] Of(GateVerdict verdict) => [.. comparer.Scenarios.Where(one => one.Verdict == verdict).Select(NameOf)];

    private string NameOf(GateScenario scenario) => ReferenceEquals(scenario, comparer.Total) ? "all together"
        : scenario.Name is { } name ? $"'{VisibleText.OneLine(name)}'"
        : HasScenarios ? "(none)"
        : "The run";

    private static string List(string[] names) => names.Length <= Named
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Named))} and {names.Length - Named} more";

    private static string Percent(decimal share) => (share * 100).ToString("#,##0.#", CultureInfo.InvariantCulture) + "%";

    private static string Text(long count) => AmountFormat.ToText(count);
}
