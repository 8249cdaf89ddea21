using System.Globalization;

namespace LlmCostModel;

/// <summary>Reads an answer of which every call is stated: the steps of a run, or the models that took part. Each is priced as a call of
/// its own size and model; the sum beside them is compared, and not added.</summary>
internal static class AnswerInParts
{
    internal static UsageReading Build(in RawUsage raw, ApiFormat api)
    {
        List<StatedPart> counted = raw.Parts!.FindAll(part => part.HasCounts);
        List<UsageReading> readings = counted.ConvertAll(part => ReadingBuilder.Build(in part.Raw, api));
        bool areSteps = raw.RoleOfParts == CallRole.Step;
        UsageReading main = readings[areSteps ? ^1 : 0];
        UsageStatus status = UsageStatus.Complete;
        string? reason = null;
        foreach (UsageReading part in readings)
        {
            if (part.Status is UsageStatus.Partial or UsageStatus.Unknown)
            {
                reason = ShortfallFinder.AddDoubts(reason, part.Reason, null, ref status);
            }
        }

        int silent = raw.Parts.Count - counted.Count;
        reason = ShortfallFinder.AddDoubts(
            reason,
            silent == 0 ? null : $"{silent.ToString(CultureInfo.InvariantCulture)} of the calls in it state no usage.",
            CompareWithSum(in raw, counted, areSteps),
            ref status);
        reason = ShortfallFinder.AddDoubts(reason, null, raw.Unknown?.ToReason(null), ref status);
        int index = areSteps ? readings.Count - 1 : 0;
        CallRole role = raw.RoleOfParts;
        return main with
        {
            Status = status,
            Reason = reason,
            Identity = raw.Identity.Or(main.Identity),
            Model = main.Model ?? raw.Model,
            Nested =
            [
                .. main.Nested,
                .. readings.Where((_, other) => other != index).SelectMany(part => ToNested(part, role)),
            ],
            Served = areSteps ? main.Served : ReadingBuilder.ReadServed(in raw, ApiConventions.Of(main.Api)),
            Reported = areSteps ? null : ReadingBuilder.ReadReported(in raw),
        };
    }

    /// <summary>A part, and the calls inside it.</summary>
    private static IEnumerable<NestedCall> ToNested(UsageReading part, CallRole role) =>
    [
        new NestedCall
        {
            Role = role,
            Model = part.Model,
            Usage = part.Usage ?? default,
            Served = part.Served,
            Meters = part.Meters.Count == 0 ? null : part.Meters,
        },
        .. part.Nested,
    ];

    /// <summary>The usage of a run is the sum of its calls, or that of the last.</summary>
    private static string? CompareWithSum(in RawUsage raw, List<StatedPart> parts, bool areSteps)
    {
        long input = parts.Sum(part => part.Raw[StatedCount.Input]);
        long output = parts.Sum(part => part.Raw[StatedCount.Output]);
        RawUsage stated = raw.Whole is { } whole ? whole.Raw : raw;
        bool isLast = areSteps
            && raw.Whole is null
            && stated[StatedCount.Input] == parts[^1].Raw[StatedCount.Input]
            && stated[StatedCount.Output] == parts[^1].Raw[StatedCount.Output];
        return ApiDetector.Family(in stated) == 0 || isLast
            || (input, output) == (stated[StatedCount.Input], stated[StatedCount.Output])
                ? null
                : UsageErrors.PartsDiffer(input, output, stated[StatedCount.Input], stated[StatedCount.Output]);
    }
}
