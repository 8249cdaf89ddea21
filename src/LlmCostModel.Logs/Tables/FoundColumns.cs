namespace LlmCostModel.Logs;

/// <summary>Finds the fields of usage records among columns by their names, where these say beyond doubt what is meant.</summary>
internal static class FoundColumns
{
    /// <summary>Counts of a prompt that hold the cache wherever providers use the names: OpenAI's, and those who copied it.</summary>
    private const string InclusiveInput = "prompttokens";

    /// <summary>Anthropic's counts beside its <c>input_tokens</c>, which leave them out.</summary>
    private static readonly string[] OfAnthropic = ["cachereadinputtokens", "cachecreationinputtokens"];

    private const string Usage = "usage.";

    private static readonly string[] Own =
        ["id", "model", "at", "provider", "region", "tier", "cost", .. ColumnMap.Counts, ColumnMap.Total];

    /// <summary>Names in the letters that tell them apart: what capitals, blanks and marks there are differs from tool to tool.</summary>
    private static readonly Dictionary<string, string> ByLetters =
        ((string[])[.. Own, .. RecordHints.Names]).DistinctBy(LettersOf).ToDictionary(LettersOf, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["tokensin"] = "input",
        ["tokensout"] = "output",
        ["totaltokens"] = ColumnMap.Total,
        ["tokens"] = ColumnMap.Total,
    };

    /// <summary>Words in names of tokens and caches that are no counts.</summary>
    private static readonly string[] NoCounts =
    [
        "cost", "costs", "price", "usd", "spend", "spent", "savings", "saved", "max", "min", "limit", "budget", "per",
        "rate", "ratio", "hit", "key", "name", "type", "tokenizer", "ttl", "id", "avg", "mean", "control", "enabled",
        "status", "percent",
    ];

    /// <summary>Finds them.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="found">The columns by field.</param>
    /// <returns>What is not clear, in a sentence; <see langword="null"/> when all is.</returns>
    public static string? Find(IReadOnlyList<string> columns, out Dictionary<string, string> found)
    {
        found = new(StringComparer.Ordinal);
        Dictionary<string, List<string>> meant = new(StringComparer.Ordinal);
        foreach (string column in columns.Where(column => column.Length > 0))
        {
            if (FieldOf(column) is { } field)
            {
                meant.TryAdd(field, []);
                meant[field].Add(column);
            }
        }

        foreach ((string field, List<string> names) in meant)
        {
            if (names.Count > 1 && (ColumnMap.IsCount(field) || !names.Contains(field)))
            {
                return names.Distinct().Count() == 1 ? $"{names[0]} is there twice." : $"{field} may be {string.Join(" or ", names)}.";
            }

            found[field] = names.Contains(field) ? field : names[0];
        }

        if (columns.FirstOrDefault(column => column.Length > 0 && FieldOf(column) is null && IsLikeACount(column)) is { } unknown)
        {
            return $"{unknown} looks like a count, and which one is not known.";
        }

        string[] missing = [.. ((string[])["model", "input"]).Where(field => !meant.ContainsKey(field))];
        return found.Keys.Any(ColumnMap.IsCount) && found.ContainsKey("model")
            ? PlaceCache(found) ?? PlaceReasoning(found)
            : $"As usage records they lack {(missing.Length == 0 ? "counts" : string.Join(" and ", missing))}.";
    }

    private static string? FieldOf(string column) =>
        Own.Contains(column) || IsOfGroup(column) ? column
        : IsOwnCount(column) ? column[Usage.Length..]
        : Others.TryGetValue(LettersOf(column), out string? other) ? other
        : ByLetters.TryGetValue(LettersOf(column), out string? own) && Own.Contains(own) ? own
        : RecordHints.For(own ?? column) is not { } hint || hint.Name is "usage" or "meters" or "attributes" ? null
        : hint.Name == "tags" ? $"tags.{column}"
        : hint.Name == "tier" && column.EndsWith("batch", StringComparison.OrdinalIgnoreCase) ? "batch"
        : hint.Name;

    private static string LettersOf(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool IsLikeACount(string column) =>
        LettersOf(column) is var letters
        && (letters.Contains("token", StringComparison.Ordinal) || letters.StartsWith("cache", StringComparison.Ordinal))
        && !WordsOf(column).Any(NoCounts.Contains);

    /// <summary>The words of a name: between marks and blanks, and from a capital on.</summary>
    private static string[] WordsOf(string name) => string.Concat(name.Select((letter, i) =>
            !char.IsLetterOrDigit(letter) ? " "
            : char.IsUpper(letter) && i > 0 && char.IsLower(name[i - 1]) ? $" {char.ToLowerInvariant(letter)}"
            : char.ToLowerInvariant(letter).ToString()))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a column is called as the field is, and means it.</summary>
    private static bool IsOwn(string column, string field) => LettersOf(column) == field || column == Usage + field;

    /// <summary>A count within <c>usage</c>, as records of JSON have it.</summary>
    private static bool IsOwnCount(string column) =>
        column.StartsWith(Usage, StringComparison.Ordinal) && ColumnMap.IsCount(column[Usage.Length..]);

    private static bool IsOfGroup(string column) =>
        ColumnMap.Groups.Any(group => column.StartsWith(group, StringComparison.Ordinal) && column.Length > group.Length);

    /// <summary>Whether the input holds the cache.</summary>
    private static string? PlaceCache(Dictionary<string, string> found)
    {
        string[] cached = [.. found.Where(entry => entry.Key.StartsWith("cache", StringComparison.Ordinal)).Select(entry => entry.Value)];
        if (cached.Length == 0 || !found.TryGetValue("input", out string? input) || IsOwn(input, "input"))
        {
            return null;
        }

        string letters = LettersOf(input);
        bool isInclusive = letters == InclusiveInput
            || (letters == "inputtokens" && cached.Select(LettersOf).SequenceEqual(["cachedtokens"]));
        bool isApart = letters == "inputtokens" && cached.All(name => OfAnthropic.Contains(LettersOf(name)));
        if (isInclusive)
        {
            found.Remove("input");
            found[ColumnMap.TotalInput] = input;
        }

        return isInclusive || isApart ? null
            : $"Whether {input} holds {string.Join(" and ", cached)} is not known: map it as {ColumnMap.TotalInput} where it does, and as "
                + "input where it does not.";
    }

    /// <summary>Whether the output holds the reasoning.</summary>
    private static string? PlaceReasoning(Dictionary<string, string> found)
    {
        if (!found.TryGetValue("reasoning", out string? reasoning) || !found.TryGetValue("output", out string? output)
            || IsOwn(output, "output"))
        {
            return null;
        }

        // OpenAI's names; others count thoughts apart.
        if (LettersOf(reasoning) != "reasoningtokens" || LettersOf(output) is not ("completiontokens" or "outputtokens"))
        {
            return $"Whether {output} holds {reasoning} is not known: map it as {ColumnMap.TotalOutput} where it does, and as output where "
                + "it does not.";
        }

        found.Remove("output");
        found[ColumnMap.TotalOutput] = output;
        return null;
    }
}
