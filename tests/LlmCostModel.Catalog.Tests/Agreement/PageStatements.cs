namespace LlmCostModel.Catalog.Tests.Agreement;

/// <summary>All statements of the folder.</summary>
internal static class PageStatements
{
    internal static string[] Providers { get; } =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "provider-pages"), "*.txt")
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
    ];

    internal static ILookup<string, PageStatement> ByProvider { get; } = (
        from provider in Providers
        from line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "provider-pages", provider + ".txt"))
        where line.Length > 0 && line[0] != '#'
        select Parse(provider, line)).ToLookup(statement => statement.Provider);

    /// <summary>Base prices of tokens, by the model that the catalog resolves the statement's id to, with the region of condition or id.
    /// </summary>
    private static readonly ILookup<(string Provider, string Model, string Bucket), (string? Region, decimal Price)> Base = (
        from statement in ByProvider.SelectMany(statements => statements)
        let conditions = PageStatement.Pairs(statement.Condition)
        where conditions.Keys.All(name => name == "region")
        let model = Resolve(statement.Provider, statement.Model)
        where model is not null
        from price in statement.PriceTexts
        where Enum.TryParse<TokenBucket>(price.Key, out _)
        let region = conditions.GetValueOrDefault("region") ?? model.Region
        let number = statement.InMoney(price.Value).Price
        select (Key: (statement.Provider, model.ModelId, price.Key), Price: (region, number)))
        .ToLookup(price => price.Key, price => price.Price);

    /// <summary>Whether a page states this very price of the model that the id means, in the region that the id names.</summary>
    internal static bool State(string provider, string id, TokenBucket bucket, decimal? price) =>
        price is { } ours
        && Resolve(provider, id) is { } model
        && Base[(provider, model.ModelId, bucket.ToString())]
            .Any(stated => stated.Price == ours && IsIn(stated.Region, model.Region, provider));

    /// <summary>A geography such as us holds us-east-1; Bedrock's list has no price without a region, and the catalog takes that of
    /// us-east-1.</summary>
    private static bool IsIn(string? stated, string? named, string provider) =>
        stated == named
        || (named is not null && stated?.StartsWith(named + "-", StringComparison.Ordinal) == true)
        || (named is null && provider == "bedrock" && stated == "us-east-1");

    private static ModelResolution? Resolve(string provider, string id) =>
        ComparedModel.Ours.Explain(id, default, new CallContext { Provider = provider, At = ComparedModel.At }).Resolution;

    private static PageStatement Parse(string provider, string line)
    {
        string[] fields = line.Split(" | ");
        Assert.True(fields.Length == 5, $"five fields expected: {line}");
        Assert.StartsWith("https://", fields[4], StringComparison.Ordinal);
        return new PageStatement(provider, fields[0], fields[1], fields[2], fields[3], fields[4], line);
    }
}
