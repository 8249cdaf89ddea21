namespace LlmCostModel.Logs;

/// <summary>Finds the fields of usage records among columns by their names, where these say beyond doubt what is meant.</summary>
internal static class FoundColumns
{
    /// <summary>Counts of a prompt that hold the cache wherever providers use the names: OpenAI's, and those who copied it.</summary>
    private static readonly string[] InclusiveInputs = ["prompt_tokens", "promptTokens"];

    /// <summary>Anthropic's counts beside its <c>input_tokens</c>, which leave them out.</summary>
    private static readonly string[] OfAnthropic = ["cache_read_input_tokens", "cache_creation_input_tokens"];

    private const string Usage = "usage.";

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
            if (names.Count > 1 && !names.Contains(field))
            {
                return $"{field} may be {string.Join(" or ", names)}.";
            }

            found[field] = names.Contains(field) ? field : names[0];
        }

        string[] missing = [.. ((string[])["model", "input"]).Where(field => !meant.ContainsKey(field))];
        return found.Keys.Any(ColumnMap.IsCount) && found.ContainsKey("model")
            ? PlaceCache(found) ?? PlaceReasoning(found)
            : $"As usage records they lack {(missing.Length == 0 ? "counts" : string.Join(" and ", missing))}.";
    }

    private static string? FieldOf(string column) =>
        column is "id" or "model" or "at" or "provider" or "region" or "tier" or "cost" || ColumnMap.IsCount(column) || IsOfGroup(column)
            ? column
        : IsOwnCount(column) ? column[Usage.Length..]
        : RecordHints.For(column) is not { } hint || hint.Name is "usage" or "meters" or "attributes" ? null
        : hint.Name == "tags" ? $"tags.{column}"
        : hint.Name == "tier" && column.EndsWith("batch", StringComparison.OrdinalIgnoreCase) ? "batch"
        : hint.Name;

    /// <summary>Whether a column is called as the field is, and means it.</summary>
    private static bool IsOwn(string column, string field) => column == field || column == Usage + field;

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

        bool isInclusive = InclusiveInputs.Contains(input) || (input == "input_tokens" && cached.SequenceEqual(["cached_tokens"]));
        bool isApart = input == "input_tokens" && cached.All(OfAnthropic.Contains);
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
        if (reasoning != "reasoning_tokens" || output is not ("completion_tokens" or "output_tokens"))
        {
            return $"Whether {output} holds {reasoning} is not known: map it as {ColumnMap.TotalOutput} where it does, and as output where "
                + "it does not.";
        }

        found.Remove("output");
        found[ColumnMap.TotalOutput] = output;
        return null;
    }
}
