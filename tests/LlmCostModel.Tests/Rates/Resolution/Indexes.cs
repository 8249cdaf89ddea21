namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>Indexes of small cards, whose price of a million tokens of input tells them apart.</summary>
internal static class Indexes
{
    public static PriceIndex Of(string userCards, string catalog = "", PriceIndexSettings? settings = null) =>
        new(Cards(userCards), Cards(catalog), settings ?? new PriceIndexSettings());

    /// <summary>What an id means in words: the model, its provider and card and how it was found, or the kind of the reason.</summary>
    public static string Meaning(this PriceIndex index, string id, string? provider = null)
    {
        ResolvedModel found = index.Find(id, new CallContext { Provider = provider });
        return found.Resolution is { } resolution
            ? $"{resolution.ModelId} of {resolution.RateCard} ({resolution.Kind})"
            : found.Issue!.Kind.ToString();
    }

    public static string Reason(this PriceIndex index, string id, string? provider = null)
    {
        ResolvedModel found = index.Find(id, new CallContext { Provider = provider });
        Assert.Null(found.Pricing);
        Assert.Null(found.Resolution);
        return found.Issue!.Message;
    }

    public static PriceIndexSettings Deploying(string name, string model, string? provider = null, string? region = null) => new()
    {
        Deployments = new PriceIndexSettings().Deployments.Add(
            name, new ModelDeployment { Model = model, Provider = provider, Region = region }),
    };

    /// <summary>Cards as <c>name: facts: models; ...</c>, such as <c>acme: at a, first: m, n = alias; ...</c>.</summary>
    private static System.Collections.Immutable.ImmutableArray<RateCard> Cards(string cards) =>
        [.. cards.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Card)];

    private static RateCard Card(string text)
    {
        string[] parts = text.Split(':', StringSplitOptions.TrimEntries);
        string[] facts = parts[1].Split(',', StringSplitOptions.TrimEntries);
        return new RateCard
        {
            Name = parts[0],
            Currency = "USD",
            Provider = facts.Where(fact => fact.StartsWith("at ", StringComparison.Ordinal)).Select(fact => fact[3..]).SingleOrDefault(),
            FirstParty = facts.Contains("maker"),
            ProviderRequired = facts.Contains("asks"),
            AsOf = new DateOnly(2026, 1, 1),
            Models = [.. parts[2].Split(',', StringSplitOptions.TrimEntries).Select(Model)],
        };
    }

    private static ModelPricing Model(string text)
    {
        string[] names = text.Split('=', StringSplitOptions.TrimEntries);
        return new ModelPricing
        {
            Id = names[0],
            Aliases = [.. names[1..]],
            Versions = [new PriceVersion { PerMillionTokens = new TokenRates { Input = 1 } }],
        };
    }
}
