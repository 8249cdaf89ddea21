namespace LlmCostModel;

/// <summary>Who bills the calls to an address, and in which region, by the names of the catalog's cards. A client's provider name does not
/// tell: one protocol is spoken by many.</summary>
/// <remarks>
/// Regions: https://platform.openai.com/docs/guides/your-data, https://docs.x.ai/developers/regions,
/// https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai, https://docs.aws.amazon.com/general/latest/gr/bedrock.html,
/// https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws; read 2026-11-26. Who sells at prices of its own that the
/// catalog does not have (GitHub Models, Snowflake) is named all the same: the price of the model's maker would be a guess.
/// </remarks>
internal static class ProviderAddresses
{
    private static readonly AddressRow[] Rows =
    [
        new("api.openai.com", "openai", RegionPlace.Before),
        new("openai.azure.com", "azure"),
        new("services.ai.azure.com", "azure"),
        new("cognitiveservices.azure.com", "azure"),
        new("api.cognitive.microsoft.com", "azure"),
        new("azure.us", "azure", Region: "usgov"),
        new("azure.cn", "azure", Region: "china"),
        new("models.ai.azure.com", "azure_ai"),
        new("models.inference.ai.azure.com", "github"),
        new("models.github.ai", "github"),
        new("api.githubcopilot.com", "github_copilot"),
        new("api.anthropic.com", "anthropic"),
        new("aws-external-anthropic", "anthropic"),
        new("generativelanguage.googleapis.com", "google"),
        new("aiplatform.googleapis.com", "vertex", RegionPlace.Path),
        new("rep.googleapis.com", "vertex", RegionPlace.Path),
        new("bedrock-runtime", "bedrock", RegionPlace.Behind),
        new("bedrock-runtime-fips", "bedrock", RegionPlace.Behind),
        new("bedrock-mantle", "bedrock", RegionPlace.Behind),
        new("api.deepseek.com", "deepseek"),
        new("api.mistral.ai", "mistral"),
        new("codestral.mistral.ai", "mistral"),
        new("api.x.ai", "xai", RegionPlace.Geography),
        new("api.cohere.com", "cohere"),
        new("api.cohere.ai", "cohere"),
        new("api.groq.com", "groq"),
        new("api.together.xyz", "together"),
        new("api.together.ai", "together"),
        new("api.fireworks.ai", "fireworks"),
        new("api.cerebras.ai", "cerebras"),
        new("api.perplexity.ai", "perplexity"),
        new("dashscope.aliyuncs.com", "alibaba"),
        new("dashscope-intl.aliyuncs.com", "alibaba"),
        new("dashscope-us.aliyuncs.com", "alibaba"),
        new("api.moonshot.ai", "moonshot"),
        new("api.moonshot.cn", "moonshot"),
        new("api.z.ai", "zhipu"),
        new("open.bigmodel.cn", "zhipu"),
        new("api.minimax.io", "minimax"),
        new("openrouter.ai", "openrouter"),
        new("api.voyageai.com", "voyage"),
        new("api.deepinfra.com", "deepinfra"),
        new("api.novita.ai", "novita"),
        new("api.tokenfactory.nebius.com", "nebius"),
        new("api.studio.nebius.com", "nebius"),
        new("api.studio.nebius.ai", "nebius"),
        new("api.sambanova.ai", "sambanova"),
        new("ai-gateway.vercel.sh", "vercel"),
        new("snowflakecomputing.com", "snowflake"),
        new("cloud.databricks.com", "databricks"),
        new("azuredatabricks.net", "databricks"),
    ];

    /// <summary>What an address says.</summary>
    /// <param name="address">The address of the client or of the request.</param>
    /// <param name="named">The addresses that the user named, which count first: domains, of which the longest that fits counts.</param>
    internal static KnownAddress Find(Uri? address, IReadOnlyDictionary<string, CallContext>? named = null)
    {
        if (address is not { IsAbsoluteUri: true })
        {
            return default;
        }

        string host = address.Host;
        if (FindNamed(host, named) is { } said)
        {
            return new(said.Provider, said.Region);
        }

        foreach (AddressRow row in Rows)
        {
            if (IsOf(host, row))
            {
                return Read(address, host, row);
            }
        }

        return new(null, Note: $"The address {host} is not known: the price of the model's own provider is assumed.");
    }

    private static CallContext? FindNamed(string host, IReadOnlyDictionary<string, CallContext>? named)
    {
        CallContext? found = null;
        int length = 0;
        foreach ((string domain, CallContext context) in named ?? EmptyNames)
        {
            if (domain.Length > length && IsWithin(host, domain))
            {
                (found, length) = (context, domain.Length);
            }
        }

        return found;
    }

    private static readonly Dictionary<string, CallContext> EmptyNames = [];

    private static bool IsOf(string host, AddressRow row) => row.Domain.Contains('.', StringComparison.Ordinal)
        ? IsWithin(host, row.Domain)
            || (row.Place == RegionPlace.Path && host.EndsWith("-" + row.Domain, StringComparison.OrdinalIgnoreCase))
        : LabelBehind(host, row.Domain) is not null;

    private static KnownAddress Read(Uri address, string host, AddressRow row)
    {
        string? region = row.Place switch
        {
            RegionPlace.Before => LabelBefore(host, row.Domain),
            RegionPlace.Geography => LabelBefore(host, row.Domain)?.Split('-')[0],
            RegionPlace.Behind => LabelBehind(host, row.Domain),
            RegionPlace.Path => SegmentBehind(address.AbsolutePath, "locations") ?? LocationOfHost(host),
            _ => row.Region,
        };
        return row.Provider == "azure" ? OfAzure(address.AbsolutePath, region) : new(row.Provider, region);
    }

    /// <summary>
    /// Azure bills OpenAI's models by one card and all others by another, over the same address; paths that OpenAI does not have are those
    /// of others: https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints
    /// </summary>
    private static KnownAddress OfAzure(string path, string? region) =>
        path.StartsWith("/anthropic", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("/models", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("/providers", StringComparison.OrdinalIgnoreCase)
            ? new("azure_ai", region, OtherProvider: "azure")
            : new("azure", region, OtherProvider: "azure_ai");

    /// <summary>The label before a domain, if it names a region: that of <c>mtls.api.x.ai</c> does not.</summary>
    private static string? LabelBefore(string host, string domain)
    {
        if (host.Length <= domain.Length)
        {
            return null;
        }

        string before = host[..^(domain.Length + 1)];
        string label = before[(before.LastIndexOf('.') + 1)..];
        return label.Equals("mtls", StringComparison.OrdinalIgnoreCase) ? null : label;
    }

    /// <summary>The label behind that of a service of AWS, also of its private addresses.</summary>
    private static string? LabelBehind(string host, string service)
    {
        if (!IsWithin(host, "amazonaws.com") && !IsWithin(host, "amazonaws.com.cn") && !IsWithin(host, "api.aws"))
        {
            return null;
        }

        string[] labels = host.Split('.');
        int index = Array.FindIndex(labels, label => label.Equals(service, StringComparison.OrdinalIgnoreCase));
        return index >= 0 && index + 1 < labels.Length ? labels[index + 1] : null;
    }

    private static string? SegmentBehind(string path, string name)
    {
        string[] segments = path.Split('/');
        int index = Array.IndexOf(segments, name);
        return index >= 0 && index + 1 < segments.Length && segments[index + 1].Length > 0 ? segments[index + 1] : null;
    }

    /// <summary><c>us-east5-aiplatform.googleapis.com</c>, <c>aiplatform.us.rep.googleapis.com</c>; the address of no region is that of
    /// all.</summary>
    private static string LocationOfHost(string host)
    {
        const string Regional = "-aiplatform.googleapis.com";
        if (host.EndsWith(Regional, StringComparison.OrdinalIgnoreCase))
        {
            return host[..^Regional.Length];
        }

        string[] labels = host.Split('.');
        return labels is ["aiplatform", var place, "rep", ..] ? place : "global";
    }

    private static bool IsWithin(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (host.Length == domain.Length || host[host.Length - domain.Length - 1] == '.');
}
