using LlmCostModel.Catalog;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>An address says who bills and where, as the catalog names them, or that it is not known.</summary>
public sealed class ProviderAddressTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1", "openai", null)]
    [InlineData("https://eu.api.openai.com/v1", "openai", "eu")]
    [InlineData("https://us.api.openai.com/v1", "openai", "us")]
    [InlineData("https://mtls.api.openai.com/v1", "openai", null)]
    [InlineData("https://notapi.openai.com.example.com/v1", null, null)]
    [InlineData("https://us-east-1.api.x.ai/v1", "xai", "us")]
    [InlineData("https://eu-west-1.api.x.ai/v1", "xai", "eu")]
    [InlineData("https://mtls.api.x.ai/v1", "xai", null)]
    [InlineData("https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic", "vertex", "us-east5")]
    [InlineData("https://europe-west1-aiplatform.googleapis.com/", "vertex", "europe-west1")]
    [InlineData("https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google", "vertex", "global")]
    [InlineData("https://aiplatform.googleapis.com/", "vertex", "global")]
    [InlineData("https://aiplatform.eu.rep.googleapis.com/v1", "vertex", "eu")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta", "google", null)]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/", "bedrock", "us-east-1")]
    [InlineData("https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com/", "bedrock", "us-gov-west-1")]
    [InlineData("https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com/", "bedrock", "eu-central-1")]
    [InlineData("https://bedrock-mantle.us-west-2.api.aws/v1", "bedrock", "us-west-2")]
    [InlineData("https://bedrock-runtime.example.com/", null, null)]
    [InlineData("https://aws-external-anthropic.us-west-2.api.aws/v1/messages", "anthropic", null)]
    [InlineData("https://res.openai.azure.com/openai/deployments/d", "azure", null)]
    [InlineData("https://res.openai.azure.us/openai/v1", "azure", "usgov")]
    [InlineData("https://res.services.ai.azure.com/openai/v1", "azure", null)]
    [InlineData("https://res.services.ai.azure.com/anthropic/v1/messages", "azure_ai", null)]
    [InlineData("https://res.services.ai.azure.com/models/chat/completions", "azure_ai", null)]
    [InlineData("https://models.github.ai/inference", "github", null)]
    [InlineData("https://api.githubcopilot.com/chat/completions", "github_copilot", null)]
    [InlineData("https://acct.snowflakecomputing.com/api/v2/cortex", "snowflake", null)]
    [InlineData("http://localhost:8000/v1", null, null)]
    public void Find_Address_NamesProviderAndRegion(string address, string? provider, string? region)
    {
        KnownAddress found = ProviderAddresses.Find(new Uri(address));

        Assert.Equal((provider, region), (found.Provider, found.Region));
        Assert.Equal(provider is null, found.Note is not null);
    }

    [Fact]
    public void Find_UnknownAddress_SaysWhatIsAssumed() => Assert.Equal(
        "The address acct.example.com is not known: the price of the model's own provider is assumed.",
        ProviderAddresses.Find(new Uri("https://acct.example.com/v1")).Note);

    [Fact]
    public void Find_NamedByTheUser_TheLongestDomainCounts()
    {
        Dictionary<string, CallContext> named = new()
        {
            ["example.com"] = new CallContext { Provider = "openai" },
            ["eu.example.com"] = new CallContext { Provider = "azure", Region = "eu" },
        };

        Assert.Equal(("openai", null), Facts("https://llm.example.com/"));
        Assert.Equal(("azure", "eu"), Facts("https://llm.eu.example.com/"));

        (string?, string?) Facts(string address) => ProviderAddresses.Find(new Uri(address), named) is var found ? (found.Provider, found.Region) : default;
    }

    /// <summary>Each with the catalog: 1,000 x input + 100 x output in millionths, times what the card asks for there. gpt-5.4: 2.5 and 15;
    /// grok-4.3: 1.25 and 2.5; claude-sonnet-4-5: 3 and 15.</summary>
    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", "gpt-5.4", "0.004")]
    [InlineData("https://eu.api.openai.com/v1/chat/completions", "gpt-5.4", "0.0044")]
    [InlineData("https://us.api.openai.com/v1/chat/completions", "gpt-5.4", "0.0044")]
    [InlineData("https://api.x.ai/v1/chat/completions", "grok-4.3", "0.0015")]
    [InlineData("https://us-east-1.api.x.ai/v1/chat/completions", "grok-4.3", "0.00165")]
    public async Task Post_RegionalAddress_CostsThatOfTheRegion(string address, string model, string amount)
    {
        using Tracked tracked = new(
            $$$"""{"object":"chat.completion","model":"{{{model}}}","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""",
            BuiltInCatalog.CreateEstimator());

        CallCost cost = await tracked.PostAsync(address);

        Assert.Equal($"{amount} USD", cost.Total.ToString());
    }

    [Theory]
    [InlineData("https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/anthropic/models/claude-sonnet-4-5@20250929:rawPredict", "0.0045")]
    [InlineData("https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5@20250929:rawPredict", "0.00495")]
    public async Task Post_ClaudeOnVertex_CostsThatOfTheEndpoint(string address, string amount)
    {
        using Tracked tracked = new(
            """{"type":"message","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":1000,"output_tokens":100}}""",
            BuiltInCatalog.CreateEstimator());

        CallCost cost = await tracked.PostAsync(address, "{}");

        Assert.Equal($"{amount} USD", cost.Total.ToString());
    }

    /// <summary>Bedrock answers with the maker's name: 1,000 x 300 + 100 x 1500 = 450,000 millionths by the id in the path.</summary>
    [Fact]
    public async Task Post_InvokeModelOfBedrock_IsPricedByTheIdOfTheRequest()
    {
        using Tracked tracked = new("""{"type":"message","model":"claude-test","usage":{"input_tokens":1000,"output_tokens":100}}""");

        CallCost cost = await tracked.PostAsync("https://bedrock-runtime.us-east-1.amazonaws.com/model/vendor.claude-test-v1%3A0/invoke", "{}");

        Assert.Equal("0.45 USD", cost.Total.ToString());
        Assert.Equal("us-east-1", cost.Priced.Context.Region);
        Assert.Empty(cost.Priced.Notes);
    }

    /// <summary>What Azure's own card lacks is on that of Foundry, over the same path: 1,000 x 30 + 100 x 150 = 45,000 millionths.</summary>
    [Theory]
    [InlineData("https://res.services.ai.azure.com/anthropic/v1/messages")]
    [InlineData("https://res.services.ai.azure.com/openai/v1/chat/completions")]
    public async Task Post_ModelOfOthersOnAzure_IsPricedByTheirCard(string address)
    {
        using Tracked tracked = new("""{"type":"message","model":"claude-test","usage":{"input_tokens":1000,"output_tokens":100}}""");

        Assert.Equal("0.045 USD", (await tracked.PostAsync(address, "{}")).Total.ToString());
    }

    [Fact]
    public async Task Post_DeploymentOfAzure_IsTheRequestedModel()
    {
        using Tracked tracked = new("""{"object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""");

        CallCost cost = await tracked.PostAsync("https://res.openai.azure.com/openai/deployments/my-chat/chat/completions?api-version=1", "{}");

        Assert.Equal("0.028 USD", cost.Total.ToString()); // 1,000 x 20 + 100 x 80 = 28,000 millionths
        Assert.Equal("my-chat", cost.RequestedModel);
    }

    [Fact]
    public async Task Post_SellerWithoutACard_IsNotPricedByAnothersPrices()
    {
        using Tracked tracked = new("""{"object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""");

        CallCost cost = await tracked.PostAsync("https://models.github.ai/inference/chat/completions");

        Assert.Equal(CostStatus.Unpriced, cost.Status);
        Assert.Contains("github", Assert.Single(cost.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AddressOfTheUser_IsPricedAsNamedWithoutANote()
    {
        using Tracked tracked = new(
            new ScriptedHandler(_ => ScriptedHandler.Json("""{"object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""")),
            configure: options => options.Addresses["gateway.example.com"] = new CallContext { Provider = "openai", Region = "eu" });

        CallCost cost = await tracked.PostAsync("https://gateway.example.com/v1/chat/completions");

        Assert.Equal("0.00308 USD", cost.Total.ToString()); // (1,000 x 2 + 100 x 8) x 1.1
        Assert.Empty(cost.Priced.Notes);
    }

    [Fact]
    public async Task Post_UnknownAddress_IsSaidInTheNotes()
    {
        using Tracked tracked = new("""{"object":"chat.completion","model":"claude-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""");

        CallCost cost = await tracked.PostAsync("https://acct.example.com/v1/chat/completions");

        Assert.Equal("The address acct.example.com is not known: the price of the model's own provider is assumed.", Assert.Single(cost.Priced.Notes));
    }
}
