namespace LlmCostModel.Logs;

/// <summary>Reads meters of Azure: <c>gpt 4o 0806 cached Inp regnl Tokens</c> is input of gpt-4o-2024-08-06 read from the cache, deployed
/// in one region.</summary>
/// <remarks>The meters of https://prices.azure.com/api/retail/prices for Foundry Models, read 2026-11-27. Blanks and hyphens separate words
/// alike. The words of the model come first; all behind them must be known.</remarks>
internal static class AzureMeterName
{
    /// <summary>A bill may charge for long prompts apart.</summary>
    private static readonly Dictionary<string, string> Words = new(AzureWords.Kinds, StringComparer.Ordinal) { ["longco"] = "long" };

    /// <summary>Models that meters name by month and day, or otherwise than by their id.</summary>
    private static readonly Dictionary<string, (string Provider, string Model)> Models = new(StringComparer.Ordinal)
    {
        ["gpt-4o-0513"] = ("azure", "gpt-4o-2024-05-13"),
        ["gpt-4o-0806"] = ("azure", "gpt-4o-2024-08-06"),
        ["gpt-4o-1120"] = ("azure", "gpt-4o-2024-11-20"),
        ["gpt-4o-mini-0718"] = ("azure", "gpt-4o-mini-2024-07-18"),
        ["o1-1217"] = ("azure", "o1-2024-12-17"),
        ["o3-mini-0131"] = ("azure", "o3-mini-2025-01-31"),
        ["o3-0416"] = ("azure", "o3-2025-04-16"),
        ["o4-mini-0416"] = ("azure", "o4-mini-2025-04-16"),
        ["r1"] = ("azure_ai", "deepseek-r1"),
        ["llama-3.3-70b"] = ("azure_ai", "llama-3.3-70b-instruct"),
        ["phi-4"] = ("azure_ai", "phi-4"),
    };

    /// <summary>Reads a meter; <see langword="null"/> when it does not say which tokens it counts, or says something that is not
    /// known.</summary>
    public static ChargedTokens? Read(string meter)
    {
        string text = meter.ToLowerInvariant().Replace("data zone", "dz", StringComparison.Ordinal);
        string[] words = text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        string[] named = [.. words.TakeWhile(word => !Words.ContainsKey(word))];
        string[] kinds = [.. words.Skip(named.Length).Select(word => Words.GetValueOrDefault(word)).OfType<string>()];
        TokenBucket? bucket = AzureWords.BucketOf(kinds);
        if (bucket is not { } counted || named.Length == 0 || named.Length + kinds.Length != words.Length)
        {
            return null;
        }

        string name = string.Join('-', named);
        (string provider, string model) = Models.TryGetValue(name, out (string, string) known) ? known
            : char.IsAsciiDigit(name[0]) ? ("azure", "gpt-" + name) // the product, Azure OpenAI GPT5, names the family
            : ("azure", name);
        string? tier = kinds.FirstOrDefault(kind => kind is ServiceTiers.Batch or ServiceTiers.Priority or ServiceTiers.Flex);
        return new(model, provider, counted, tier, kinds.Contains("global") ? "global" : null);
    }
}
