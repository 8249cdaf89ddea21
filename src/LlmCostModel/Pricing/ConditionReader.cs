using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads the conditions of rules.</summary>
internal sealed class ConditionReader(ValueReader values)
{
    private static readonly (string Name, TokenBasis Basis, ThresholdComparison Comparison)[] Thresholds =
    [
        .. from basis in new[] { TokenBasis.TotalInput, TokenBasis.FreshInput, TokenBasis.Output }
        from comparison in new[]
        {
            ThresholdComparison.Above,
            ThresholdComparison.From,
            ThresholdComparison.UpTo,
            ThresholdComparison.Below,
        }
        select ($"{basis}{comparison}", basis, comparison),
    ];

    private static readonly string[] Names =
    [
        .. Thresholds.Select(threshold => threshold.Name),
        "Tier", "Region", "Provider", "Deployment", "Account", "From", "Until", "Days", "Daily", "TimeZone", "Attributes",
    ];

    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    internal PriceCondition ReadCondition(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return PriceCondition.Always;
        }

        values.ReportUnknownKeys(node, Names);
        foreach (ConfigNode part in node.Children)
        {
            values.ReportEmpty(part, "that anything holds");
        }

        ImmutableArray<TokenThreshold>.Builder tokens = ImmutableArray.CreateBuilder<TokenThreshold>();
        foreach ((string name, TokenBasis basis, ThresholdComparison comparison) in Thresholds)
        {
            if (values.ReadTokens(node[name]) is { } threshold)
            {
                tokens.Add(new TokenThreshold(basis, comparison, threshold));
            }
        }

        return new PriceCondition
        {
            Tokens = tokens.ToImmutable(),
            Tiers = values.ReadTexts(node["Tier"]),
            Regions = values.ReadTexts(node["Region"]),
            Providers = values.ReadTexts(node["Provider"]),
            Deployments = values.ReadTexts(node["Deployment"]),
            Accounts = values.ReadTexts(node["Account"]),
            From = values.ReadInstant(node["From"]),
            Until = values.ReadInstant(node["Until"]),
            Schedule = ReadSchedule(node),
            Attributes = ReadAttributes(node["Attributes"]),
        };
    }

    private WeeklySchedule? ReadSchedule(ConfigNode node)
    {
        ConfigNode? days = node["Days"];
        ConfigNode? daily = node["Daily"];
        ConfigNode? zone = node["TimeZone"];
        if (days is null && daily is null)
        {
            if (zone is not null)
            {
                values.Faults.Add(zone, "has no effect without Days or Daily.", "Add the hours it is meant for, or leave it out.");
            }

            return null;
        }

        return new WeeklySchedule
        {
            Days = [.. values.ReadTexts(days).SelectMany(text => ReadDaysIn(days!, text))],
            Daily = [.. values.ReadTexts(daily).Select(text => ReadWindow(daily!, text)).OfType<DailyWindow>()],
            TimeZone = ReadZone(zone),
        };
    }

    private List<DayOfWeek> ReadDaysIn(ConfigNode node, string text)
    {
        List<DayOfWeek> days = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || ParseDay(ends[0]) is not { } first || ParseDay(ends[^1]) is not { } last)
            {
                values.Faults.Add(node.Path, text, "is not a list of weekdays.", "Write days or ranges such as Mon-Fri or Sat, Sun.");
                return [];
            }

            for (int day = (int)first; ; day = (day + 1) % 7)
            {
                days.Add((DayOfWeek)day);
                if (day == (int)last)
                {
                    break;
                }
            }
        }

        return days;
    }

    private static DayOfWeek? ParseDay(string text)
    {
        for (int i = 0; i < DayNames.Length; i++)
        {
            if (text.Equals(DayNames[i], StringComparison.OrdinalIgnoreCase)
                || text.Equals(((DayOfWeek)i).ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return (DayOfWeek)i;
            }
        }

        return null;
    }

    private DailyWindow? ReadWindow(ConfigNode node, string text)
    {
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2
            || !InstantFormat.TryParseTime(ends[0], out TimeOnly start)
            || !(InstantFormat.TryParseTime(ends[1], out TimeOnly end) || ends[1] == "24:00"))
        {
            values.Faults.Add(
                node.Path,
                text,
                "is not a daily window.",
                "Write local times as HH:mm-HH:mm, such as 16:30-00:30; the end of the day is 24:00.");
            return null;
        }

        if (start == end && ends[1] != "24:00")
        {
            values.Faults.Add(node.Path, text, "is a window without length.", "Write 00:00-24:00 for the whole day.");
            return null;
        }

        return new DailyWindow(start, end);
    }

    private TimeZoneInfo ReadZone(ConfigNode? node)
    {
        if (values.ReadText(node) is not { } id || id.Equals("UTC", StringComparison.OrdinalIgnoreCase))
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone))
        {
            return zone;
        }

        values.Faults.Add(node!, "is not a time zone of this system.", "Write an IANA name such as Asia/Shanghai, or UTC.");
        return TimeZoneInfo.Utc;
    }

    private ImmutableSortedDictionary<string, ImmutableArray<string>> ReadAttributes(ConfigNode? node)
    {
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Builder attributes =
            ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigNode child in values.ReadParts(node, "a set of attributes"))
        {
            ImmutableArray<string> accepted = values.ReadTexts(child);
            if (accepted.IsEmpty)
            {
                values.Faults.Add(
                    child.Path,
                    null,
                    "has no value to compare with.",
                    "Write the value, or a list of values, for which the rule applies.");
            }

            attributes[child.Key] = accepted;
        }

        return attributes.ToImmutable();
    }
}
