using System.Text.Json.Serialization;

namespace LlmCostModel.Catalog;

/// <summary>The public price tables that can be read.</summary>
[JsonConverter(typeof(JsonNameConverter<PriceTableFormat>))]
public enum PriceTableFormat
{
    /// <summary>LiteLLM's <c>model_prices_and_context_window.json</c>: USD per token.</summary>
    LiteLlm,

    /// <summary>The <c>api.json</c> of models.dev: USD per 1,000,000 tokens.</summary>
    ModelsDev,

    /// <summary>The answer of OpenRouter's <c>/api/v1/models</c>: USD per token, as strings.</summary>
    OpenRouter,

    /// <summary>The version 2 data of genai-prices: USD per 1,000,000 tokens, with dates.</summary>
    GenAiPrices,

    /// <summary>The data of llm-prices: USD per 1,000,000 tokens, with dates.</summary>
    LlmPrices,

    /// <summary>A provider's file of Portkey's models: US <b>cents</b> per token.</summary>
    Portkey,

    /// <summary>A provider's file of TokenMeter, or a list of them: USD per 1,000,000 tokens.</summary>
    TokenMeter,

    /// <summary>Answers of Azure's Retail Prices API, one or a list of them: USD per 1,000 or 1,000,000 tokens.</summary>
    AzureRetailPrices,

    /// <summary>The price list of Amazon Bedrock that AWS publishes for a region: USD per 1,000 tokens.</summary>
    AwsPriceList,
}
