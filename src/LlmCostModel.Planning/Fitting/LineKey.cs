namespace LlmCostModel.Planning;

/// <summary>What the calls of a line have in common: whatever decides their price, beside the instant and the counts.</summary>
/// <param name="Model">The id by which they are priced.</param>
/// <param name="Role">What they are for.</param>
/// <param name="Context">How they are served, without an instant.</param>
/// <param name="Currency">What they are priced in.</param>
internal readonly record struct LineKey(string Model, CallRole Role, CallContext Context, string Currency)
{
    /// <summary>What every line of a list is called: the model, and what else tells it from others of the same model.</summary>
    internal static string[] NamesOf(IReadOnlyList<LineKey> keys)
    {
        string[] names = new string[keys.Count];
        for (int i = 0; i < names.Length; i++)
        {
            LineKey own = keys[i];
            LineKey[] others = [.. keys.Where(key => key.Model == own.Model && key != own)];
            string[] more =
            [
                .. PartsOf(own).Where((part, place) => part is not null && others.Any(other => PartsOf(other)[place] != part)).Select(part => part!),
            ];
            names[i] = more.Length == 0 ? own.Model : $"{own.Model} ({string.Join(", ", more)})";
        }

        return names;
    }

    private static string?[] PartsOf(LineKey key) =>
    [
        key.Role == CallRole.Main ? null : key.Role.ToString(),
        key.Context.Provider,
        key.Context.Tier,
        key.Context.Batch == true ? "batch" : null,
        key.Context.Region,
        key.Context.Deployment is { } deployment && deployment != key.Model ? $"as {deployment}" : null,
        key.Context.Account,
        key.Context.Attributes is { Count: > 0 } attributes ? attributes.ToString() : null,
        key.Currency,
    ];
}
