using System.Text;
using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>What only the request says is read while it is sent, and counts where the answer is silent.</summary>
public sealed class RequestTests
{
    private const string Silent = """{"object":"chat.completion","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";

    /// <summary>1,000 x 2 + 100 x 8 = 2,800 millionths; half at flex, 1.1 times that in the EU.</summary>
    [Theory]
    [InlineData("""{"model":"gpt-test"}""", "0.0028 USD")]
    [InlineData("""{"messages":[{"content":"{\"model\":\"other\",\"service_tier\":\"flex\"}"}],"model":"gpt-test"}""", "0.0028 USD")]
    [InlineData("""{"metadata":{"model":"other","service_tier":"flex"},"model":"gpt-test"}""", "0.0028 USD")]
    [InlineData("""{"model":"gpt-test","service_tier":"flex"}""", "0.0014 USD")]
    [InlineData("""{"model":"gpt-test","service_tier":"auto"}""", "0.0028 USD")]
    [InlineData("""{"model":"gpt-test","service_tier":"default"}""", "0.0028 USD")]
    [InlineData("""{"model":"gpt-test","service_tier":null}""", "0.0028 USD")]
    [InlineData("""{"model":"gpt-test","serviceTier":{"type":"flex"}}""", "0.0014 USD")]
    [InlineData("""{"model":"gpt-test","inference_geo":"eu"}""", "0.00308 USD")]
    public async Task Post_SilentAnswer_IsPricedAsAsked(string request, string total)
    {
        using Tracked tracked = new(Silent);

        CallCost cost = await tracked.PostAsync(body: request);

        Assert.Equal(total, cost.Total.ToString());
        Assert.Equal("gpt-test", cost.RequestedModel);
    }

    [Fact]
    public async Task Post_AskedForFlexServedByDefault_IsPricedAsServed()
    {
        using Tracked tracked = new(Silent.Replace("\"usage\"", "\"service_tier\":\"default\",\"usage\"", StringComparison.Ordinal));

        CallCost cost = await tracked.PostAsync(body: """{"model":"gpt-test","service_tier":"flex"}""");

        Assert.Equal("0.0028 USD", cost.Total.ToString());
        Assert.Contains("Tier 'flex' was asked for, and 'standard' served: the response counts.", cost.Priced.Notes);
    }

    /// <summary>What the request asks for wins over the options of the client: 2,800 millionths halved.</summary>
    [Fact]
    public async Task Post_AsksForMoreThanTheOptions_IsPricedAsTheRequestAsks()
    {
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(Silent)), configure: options => options.Context = new CallContext { Tier = "default", Account = "a" });

        CallCost cost = await tracked.PostAsync(body: """{"model":"gpt-test","service_tier":"flex"}""");

        Assert.Equal("0.0014 USD", cost.Total.ToString());
        Assert.Equal("a", cost.Priced.Context.Account);
    }

    /// <summary>1,000 writes at 3.75 (5 minutes) or 6 (1 hour), and 1,000 x 3 + 100 x 15 = 4,500 millionths.</summary>
    [Theory]
    [InlineData("""{"cache_control":{"type":"ephemeral"}}""", "0.00825 USD", CostStatus.Priced)]
    [InlineData("""{"cache_control":{"type":"ephemeral","ttl":"5m"}}""", "0.00825 USD", CostStatus.Priced)]
    [InlineData("""{"cache_control":{"type":"ephemeral","ttl":"1h"}}""", "0.0105 USD", CostStatus.Priced)]
    [InlineData("""{"cache_control":{"ttl":"1h"}},{"cache_control":{"ttl":"1h"}}""", "0.0105 USD", CostStatus.Priced)]
    [InlineData("""{"cache_control":{"ttl":"1h"}},{"cache_control":{"type":"ephemeral"}}""", "0.00825 USD", CostStatus.Partial)]
    [InlineData("""{"cachePoint":{"type":"default","ttl":"1h"}}""", "0.0105 USD", CostStatus.Priced)]
    [InlineData("""{"text":"{\"cache_control\":{\"ttl\":\"1h\"}}"}""", "0.00825 USD", CostStatus.Priced)]
    public async Task Post_WritesOfNoStatedLifetime_HaveTheOneThatWasAskedFor(string blocks, string total, CostStatus status)
    {
        using Tracked tracked = new("""{"type":"message","model":"claude-test","usage":{"input_tokens":1000,"cache_creation_input_tokens":1000,"output_tokens":100}}""");

        CallCost cost = await tracked.PostAsync("https://api.anthropic.com/v1/messages", $$$"""{"model":"claude-test","system":[{{{blocks}}}]}""");

        Assert.Equal((total, status), (cost.Total.ToString(), cost.Status));
    }

    [Fact]
    public async Task Post_LifetimeOfATool_IsRead()
    {
        using Tracked tracked = new("""{"type":"message","model":"claude-test","usage":{"input_tokens":1000,"cache_creation_input_tokens":1000,"output_tokens":100}}""");

        CallCost cost = await tracked.PostAsync("https://api.anthropic.com/v1/messages", """{"model":"claude-test","tools":[{"name":"t","input_schema":{"type":"object","properties":{"type":{"type":"string"}}},"cache_control":{"type":"ephemeral","ttl":"1h"}}]}""");

        Assert.Equal("0.0105 USD", cost.Total.ToString());
    }

    /// <summary>The lifetimes that an answer states are those that were written: 600 x 3.75 + 400 x 6 + 4,500 millionths.</summary>
    [Fact]
    public async Task Post_StatedLifetimes_WinOverThoseAskedFor()
    {
        using Tracked tracked = new("""{"type":"message","model":"claude-test","usage":{"input_tokens":1000,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":600,"ephemeral_1h_input_tokens":400},"output_tokens":100}}""");

        CallCost cost = await tracked.PostAsync("https://api.anthropic.com/v1/messages", """{"system":[{"cache_control":{"ttl":"1h"}}]}""");

        Assert.Equal("0.00915 USD", cost.Total.ToString());
    }

    /// <summary>A search costs 0.01, or 0.05 of a large context; 2,800 millionths of tokens.</summary>
    [Theory]
    [InlineData("""{"model":"gpt-test","tools":[{"type":"web_search"}]}""", "0.0128 USD", "web_search")]
    [InlineData("""{"model":"gpt-test","tools":[{"type":"function","name":"f"},{"type":"web_search_preview_2025_03_11","search_context_size":"high"}]}""", "0.0528 USD", "web_search_preview")]
    [InlineData("""{"model":"gpt-test","web_search_options":{"search_context_size":"high","user_location":{"type":"approximate"}}}""", "0.0528 USD", null)]
    public async Task Post_SearchContext_IsThatOfTheRequest(string request, string total, string? tool)
    {
        using Tracked tracked = new("""{"id":"r","object":"response","status":"completed","model":"gpt-test","output":[{"type":"web_search_call","status":"completed","action":{"type":"search"}}],"usage":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100}}""");

        CallCost cost = await tracked.PostAsync("https://api.openai.com/v1/responses", request);

        Assert.Equal(total, cost.Total.ToString());
        Assert.Equal(tool, cost.Priced.Context.Attributes?[AttributeNames.WebSearchTool]);
    }

    /// <summary>Two images at 0.08, whose size and quality only the request says.</summary>
    [Fact]
    public async Task Post_Images_AreOfTheSizeAndQualityAskedFor()
    {
        using Tracked tracked = new("""{"created":1,"data":[{"url":"a"},{"url":"b"}]}""");

        CallCost cost = await tracked.PostAsync("https://api.openai.com/v1/images/generations", """{"model":"picture-test","n":2,"size":"1024x1024","quality":"hd","prompt":"?"}""");

        Assert.True(cost.Total is not null, cost.ToString());
        Assert.Equal("0.16 USD", cost.Total.ToString());
        Assert.Equal("image", cost.Operation);
    }

    /// <summary>11 code points at 15 per million. The sound says nothing.</summary>
    [Fact]
    public async Task Post_Speech_CostsItsText()
    {
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body([0xFF, 0xF3, 1, 2], "audio/mpeg")));

        CallCost cost = await tracked.PostAsync("https://api.openai.com/v1/audio/speech", """{"model":"speak-test","voice":"v","input":"Gr\u00fc\u00dfe, \ud83d\ude00 ok"}""");

        Assert.Equal("0.000165 USD", cost.Total.ToString());
        Assert.Equal("speech", cost.Operation);
    }

    /// <summary>A form of any parts: 40 audio x 6 + 10 text x 2.5 + 20 x 10 = 465 millionths.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Post_Transcription_IsOfTheModelOfItsForm(int fileSize)
    {
        using Tracked tracked = new("""{"text":"Hi.","usage":{"type":"tokens","input_tokens":50,"input_token_details":{"text_tokens":10,"audio_tokens":40},"output_tokens":20,"total_tokens":70}}""");
        using MultipartFormDataContent form = new()
        {
            { new ByteArrayContent(new byte[fileSize]), "file", "model" },
            { new StringContent("listen-test"), "model" },
            { new StringContent(new string('x', 1_000)), "prompt" },
            { new StringContent("json"), "response_format" },
        };

        using HttpResponseMessage response = await tracked.Client.PostAsync("https://api.openai.com/v1/audio/transcriptions", form);

        CallCost cost = Assert.Single(tracked.Costs);
        Assert.Equal("0.000465 USD", cost.Total.ToString());
        Assert.Equal(("transcription", "listen-test"), (cost.Operation, cost.RequestedModel));
    }

    /// <summary>Fields are found however the form is cut, and files are no fields.</summary>
    [Fact]
    public void Append_FormInAnyPieces_HasItsFields()
    {
        byte[] form = Encoding.UTF8.GetBytes(
            "--b\r\nContent-Disposition: form-data; name=file; filename=model\r\n\r\n\r\n--x\r\n--bmodel\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm-1\r\n--b\r\n"
            + "Content-Disposition: form-data; name=size\r\n\r\n1024x1024\r\n--b--\r\n");
        Gen.Int[1, 40].Array[form.Length].Sample(
            cuts =>
            {
                FormFields fields = new("b");
                for (int at = 0, i = 0; at < form.Length; at += cuts[i++])
                {
                    fields.Append(form.AsSpan(at, Math.Min(cuts[i], form.Length - at)));
                }

                RequestFacts facts = fields.ToFacts();
                Assert.Equal("m-1", facts.Model);
                Assert.Equal("1024x1024", facts.Asked.Attributes![AttributeNames.Size]);
            },
            iter: SampleSize.Of(2_000, 300));
    }

    /// <summary>A body that is sent from a stream is read on its way, and sent once.</summary>
    [Fact]
    public async Task Post_BodyFromAStream_IsReadOnItsWay()
    {
        string request = $$$"""{"messages":[{"content":"{{{new string('x', 200_000)}}}"}],"model":"gpt-test","service_tier":"flex"}""";
        ScriptedHandler model = new(_ => ScriptedHandler.Json(Silent));
        using Tracked tracked = new(model);
        using EndlessStream body = new(Encoding.UTF8.GetBytes(request), [(byte)' '], 1, []);

        using HttpResponseMessage response = await tracked.Client.PostAsync(Tracked.Chat, new StreamContent(body));

        Assert.Equal(request + " ", Encoding.UTF8.GetString(Assert.Single(model.Sent)));
        Assert.Equal("0.0014 USD", Assert.Single(tracked.Costs).Total.ToString());
    }
}
