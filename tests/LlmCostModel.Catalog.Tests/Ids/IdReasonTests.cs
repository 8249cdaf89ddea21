namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>Why ids have no price that no card can have: the whole sentence for each form, and none for what is near it.</summary>
public class IdReasonTests
{
    private const string Marks = "An id has no quotation marks and no blanks: take them off.";
    private const string Azure =
        "On Azure the id of a call is the name that its owner gave the deployment. Say under 'LlmCostModel:Deployments' which model it is.";
    private const string Resource = "This resource name does not tell the model. Say under 'LlmCostModel:Deployments' which one it is "
        + "(a key cannot hold ':', so write the name as Id).";
    private const string FineTuned =
        "A fine-tuned model has its own price and never that of its base. Add it under 'LlmCostModel:RateCards'.";
    private const string Throughput =
        "Provisioned throughput is billed by the hour and not by the token. Use a rate card of your own with a price per hour.";
    private const string Profile =
        "On Bedrock a geographic profile of this model costs more than the global one, and its name in a response "
            + "does not tell which it was. Price the id of the request, such as global.anthropic.claude-...";
    private const string Copilot = "Copilot bills in credits of its own, and what this model costs in them is not in the rate cards. Add a "
        + "rate card of provider 'github_copilot'.";
    private const string Vercel = "Vercel AI Gateway is a gateway that bills at its own prices. Take the cost that its response states, or "
        + "name provider 'vercel', whose list the catalog has, with the id without this prefix: 'openai/gpt-5'.";
    private const string Latest = "OpenRouter leads such a name to the newest model of a kind; which one is not in the rate cards. Price "
        + "calls by the model that the response names.";
    private const string Novita = "Novita sells it at its own prices, and the rate card of provider 'novita' does not have it. Add it to a card of yours.";
    private const string Chinese = "Moonshot's Chinese platform is priced apart from the international platform, in another currency. Add a "
        + "rate card of provider 'moonshotai-cn'.";
    private const string Proxy = "Behind a proxy a model has the name that its owner gave it. Say under 'LlmCostModel:Deployments' which "
        + "model it is.";
    private const string LmStudio = "LM Studio runs it on a machine of yours, to which no provider's price applies. Add it under "
        + "'LlmCostModel:RateCards', with prices of 0 or with what your machine costs.";
    private const string Cloud = "A model of Ollama with this tag runs in its cloud, whose prices are not in the rate cards. Add a card of "
        + "provider 'ollama-cloud'.";
    private const string Provisioned = "With a context size behind it the id is one of provisioned throughput, which is billed by the hour and "
        + "not by the token. Use a rate card of your own with a price per hour.";
    private const string Meta = "Meta gives the weights away and many providers sell them, each at its own prices. Say which one bills the "
        + "call with CallContext.Provider, or add a rate card.";
    private const string Router = "A router costs what the model costs that it chose. Price the model that the response names, or take the "
        + "cost that the response states.";
    private const string Variant =
        "A variant of OpenRouter is routed or extended at its own price. Take the cost that the response states.";
    private const string Free =
        "This free variant of OpenRouter is not in the rate cards. Add it with prices of 0 if its page still lists it.";
    private const string Ollama = "A name with such a tag is a model of Ollama on a machine of yours, to which no provider's price applies. Add "
        + "it under 'LlmCostModel:RateCards', with prices of 0 or with what your machine costs.";
    private const string Context = "The context size is not part of the id. Use the model's id without it: the step of the price follows "
        + "from the size of the call.";
    private const string Weights = "Many providers sell weights under such names, each at its own prices. Say which one bills the call "
        + "with CallContext.Provider, or add a rate card.";

    [Theory]
    [InlineData("so'me", null, Marks)]
    [InlineData("\"some\"", null, Marks)]
    [InlineData("`some`", null, Marks)]
    [InlineData("so me", "openai", Marks)]
    [InlineData("azure/some", null, Azure)]
    [InlineData("arn:aws:bedrock:us-east-1:1:application-inference-profile/x", null, Resource)]
    [InlineData("arn:aws-us-gov:bedrock:us-gov-west-1:1:provisioned-model/x", null, Resource)]
    [InlineData("arn:aws:bedrock:us-east-1:1:custom-model/x", null, Resource)]
    [InlineData("arn:aws:bedrock:us-east-1:1:custom-model-deployment/x", null, Resource)]
    [InlineData("arn:aws:bedrock:us-east-1:1:imported-model/x", null, Resource)]
    [InlineData("arn:aws:bedrock:us-east-1:1:prompt-router/x", null, Resource)]
    [InlineData("ft:some", null, FineTuned)]
    [InlineData("bedrock/eu-west-1/6-month-commitment/some", null, Throughput)]
    [InlineData("claude-sonnet-4-5-20250929", "bedrock", Profile)]
    [InlineData("claude-haiku-4-5", "Bedrock", Profile)]
    [InlineData("github_copilot/some", null, Copilot)]
    [InlineData("openrouter/auto", null, Router)]
    [InlineData("openrouter/openrouter/auto", null, Router)]
    [InlineData("maker/some:nitro", null, Variant)]
    [InlineData("maker/some:floor", "openrouter", Variant)]
    [InlineData("maker/some:online", null, Variant)]
    [InlineData("maker/some:exacto", null, Variant)]
    [InlineData("maker/some:extended", null, Variant)]
    [InlineData("maker/some:thinking", null, Variant)]
    [InlineData("maker/some:beta", null, Variant)]
    [InlineData("maker/some:free", null, Free)]
    [InlineData("some:20b", null, Ollama)]
    [InlineData("some:latest", "ollama", Ollama)]
    [InlineData("maker/some:1.5b-instruct-q4_K_M", null, Ollama)]
    [InlineData("some:8x7b", null, Ollama)]
    [InlineData("some:instruct-fp16", null, Ollama)]
    [InlineData("some:120b-cloud", null, Cloud)]
    [InlineData("some:cloud", null, Cloud)]
    [InlineData("maker.some-v1:0:300k", null, Provisioned)]
    [InlineData("github-copilot/some", null, Copilot)]
    [InlineData("copilot:some", null, Copilot)]
    [InlineData("vercel/maker/some", null, Vercel)]
    [InlineData("vercel_ai_gateway/maker/some", null, Vercel)]
    [InlineData("~maker/some-latest", null, Latest)]
    [InlineData("~maker/some-latest", "openrouter", Latest)]
    [InlineData("novita/maker/some", "novita", Novita)]
    [InlineData("moonshotai-cn/some", null, Chinese)]
    [InlineData("litellm_proxy/some", null, Proxy)]
    [InlineData("lmstudio/some:7b", null, LmStudio)]
    [InlineData("meta-llama/Some-8B", null, Meta)]
    [InlineData("gpt-some-272k", null, Context)]
    [InlineData("claude-some-9-200k", null, Context)]
    [InlineData("maker/Some-7B", null, Weights)]
    public void For_FormWithoutAPrice_SaysWhy(string id, string? provider, string reason) =>
        Assert.Equal(reason, IdReasons.For(id, provider));

    [Theory]
    [InlineData("some", null)]
    [InlineData("azure/eu/some", null)]
    [InlineData("arn:aws:bedrock:us-east-1:1:inference-profile/x", null)]
    [InlineData("claude-opus-4-1-20250805", "bedrock")] // at one price in all profiles
    [InlineData("claude-opus-4", "bedrock")]
    [InlineData("claude-sonnet-4-5-20250929", null)]
    [InlineData("claude-sonnet-4-5-20250929", "vertex")]
    [InlineData("maker/some:other/x", null)]
    [InlineData("some:other", null)] // a colon alone says nothing
    [InlineData("openai:some", null)]
    [InlineData("some:medium", null)]
    [InlineData("openai/some", null)] // sells its models itself
    [InlineData("groq/some", null)]
    [InlineData("nvidia/some", "openrouter")]
    [InlineData("anthropic.claude-v2:1", null)] // a revision, no tag
    [InlineData("gpt-4-32k", null)] // ids with a size in them
    [InlineData("gpt-3.5-turbo-16k", null)]
    [InlineData("gpt-35-turbo-16k", null)]
    [InlineData("maker/Some-7B", "together")]
    [InlineData("models/some", null)]
    public void For_FormThatMayHaveAPrice_SaysNothing(string id, string? provider) => Assert.Null(IdReasons.For(id, provider));
}
