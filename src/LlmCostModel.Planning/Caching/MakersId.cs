using System.Text.RegularExpressions;

namespace LlmCostModel.Planning;

/// <summary>The maker's own id of a model in the id of another provider, by the forms that these document.</summary>
internal static partial class MakersId
{
    private static readonly string[] Makers = ["anthropic", "openai", "google"];

    /// <summary>Removes what a provider writes around the maker's id: <c>anthropic/claude-haiku-4.5:batch</c> at OpenRouter,
    /// <c>anthropic.claude-haiku-4-5-20251001-v1:0</c> at Bedrock.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="id">The id in lower case.</param>
    /// <returns>The maker's id; the id as it is where the provider has no form of its own, or another maker's model.</returns>
    internal static string Of(string provider, string id) => provider switch
    {
        "openrouter" or "vercel" => OfGateway(id),
        "bedrock" => OfBedrock(id),
        _ => id,
    };

    private static string OfGateway(string id)
    {
        int slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !Makers.Contains(id[..slash]))
        {
            return id;
        }

        string name = GatewayVariant().Replace(id[(slash + 1)..], "");
        return id.StartsWith("anthropic/", StringComparison.Ordinal) ? name.Replace('.', '-') : name;
    }

    private static string OfBedrock(string id)
    {
        int dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Makers.Contains(id[..dot]) ? BedrockVersion().Replace(id[(dot + 1)..], "") : id;
    }

    /// <summary>What a gateway appends to choose a tier.</summary>
    [GeneratedRegex("(:[a-z0-9-]+|-batch|-fast)$", RegexOptions.CultureInvariant)]
    private static partial Regex GatewayVariant();

    /// <summary>The day and the version that Bedrock appends, each of which may be missing.</summary>
    [GeneratedRegex("(-20[0-9]{6})?(-v[0-9]+(:[0-9]+)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex BedrockVersion();
}
