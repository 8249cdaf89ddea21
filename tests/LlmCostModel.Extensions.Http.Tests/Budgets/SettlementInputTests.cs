using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using LlmCostModel.Budgets;

namespace LlmCostModel.Extensions.Http.Tests.Budgets;

/// <summary>What budgets count of answers whose usage is bad: never nothing, and never a fault of the caller. The numbers are those of
/// <c>BadInputTable</c>. 81 bytes of a question and 100 tokens of output hold 81 x 2.50 + 100 x 8 = 1,002.5 millionths.</summary>
public sealed class SettlementInputTests
{
    private const string Question = """{"model":"gpt-test","max_tokens":100,"messages":[{"role":"user","content":"Hi"}]}""";
    private const string Held = "0.0010025";
    private const string Choices = """[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"A long answer."}}]""";
    private const SettlementRemarks Known = SettlementRemarks.None;
    private const SettlementRemarks Estimated = SettlementRemarks.Estimated;

    [Theory]
    [InlineData(44, """{"prompt_tokens":10,"completion_tokens":-100,"total_tokens":-90}""", Held, Estimated)]
    [InlineData(45, """{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807,"total_tokens":1}""", Held, Estimated)]
    [InlineData(45, """{"prompt_tokens":9223372036854775807,"completion_tokens":0,"total_tokens":9223372036854775807}""", Held, Estimated)] // priced, and more than can be counted
    [InlineData(46, """{"prompt_tokens":1e19,"completion_tokens":1}""", Held, Estimated)]
    [InlineData(46, """{"prompt_tokens":1.5,"completion_tokens":1}""", Held, Estimated)]
    [InlineData(46, """{"prompt_tokens":"12","completion_tokens":1}""", Held, Estimated)]
    [InlineData(46, """{"prompt_tokens":1e1,"completion_tokens":5,"total_tokens":15.0}""", "0.00006", Known)] // 10 x 2 + 5 x 8 = 60 millionths
    [InlineData(47, """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":20}}""", Held, Estimated)]
    [InlineData(47, """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":20}}""", Held, Estimated)]
    [InlineData(47, """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":99}""", Held, Estimated)] // known in part: what was held is more
    [InlineData(48, "null", Held, Estimated)]
    [InlineData(48, "{}", Held, Estimated)]
    [InlineData(49, """{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}""", Held, Estimated)] // beside an answer
    [InlineData(50, """{"prompt_tokens":10,"prompt_tokens":11,"completion_tokens":5,"total_tokens":15}""", Held, Estimated)]
    [InlineData(57, """{"prompt_tokens":100000000,"completion_tokens":5,"total_tokens":100000005}""", "200.00004", SettlementRemarks.AboveHold | SettlementRemarks.AboveLimit)] // 100 million x 2 + 5 x 8
    public async Task Usage_Bad_CountsWhatWasHeld(int number, string usage, string counted, SettlementRemarks remarks)
    {
        string answer = $$"""{"object":"chat.completion","model":"gpt-test","choices":{{Choices}},"usage":{{usage}}}""";
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(answer)), 1m);

        using HttpResponseMessage response = await budgeted.PostAsync(Question);

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
        Assert.Equal((number, (Amount(counted), 0m)), (number, await budgeted.StatusAsync()));
        Assert.Equal(remarks, Assert.Single(budgeted.Settled).Remarks);
    }

    [Fact]
    public async Task Usage_Missing_CountsWhatWasHeld() // 48
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json($$"""{"object":"chat.completion","model":"gpt-test","choices":{{Choices}}}""")), 1m);

        using HttpResponseMessage response = await budgeted.PostAsync(Question);

        Assert.Equal((Amount(Held), 0m), await budgeted.StatusAsync());
    }

    /// <summary>53: what answered is what is paid, and one that has no price is not free.</summary>
    [Theory]
    [InlineData("listen-test", "0.000075", Known)] // 10 x 2.50 + 5 x 10 = 75 millionths
    [InlineData("nobody-1", Held, Estimated)]
    public async Task Model_OtherThanAsked_IsThePriceOfTheAnswer(string model, string counted, SettlementRemarks remarks)
    {
        string answer = $$$"""{"object":"chat.completion","model":"{{{model}}}","choices":{{{Choices}}},"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""";
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(answer)), 1m);

        using HttpResponseMessage response = await budgeted.PostAsync(Question);

        Assert.Equal((Amount(counted), 0m), await budgeted.StatusAsync());
        Assert.Equal(remarks, Assert.Single(budgeted.Settled).Remarks);
    }

    /// <summary>54: a stream that ends before its usage; 55: one whose usage comes twice, of which the last counts.</summary>
    [Theory]
    [InlineData(54, "", Held, Estimated)]
    [InlineData(55, "data: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-test\",\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1,\"total_tokens\":11}}\n\ndata: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-test\",\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}\n\ndata: [DONE]\n\n", "0.00006", Known)]
    public async Task Stream_WithoutItsUsageOrWithTwo_IsCounted(int number, string end, string counted, SettlementRemarks remarks)
    {
        string stream = "data: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-test\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"A\"}}]}\n\n" + end;
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => Stream(stream)), 1m);

        using HttpResponseMessage response = await budgeted.PostAsync(Question.Replace("{\"model\"", "{\"stream\":true,\"model\"", StringComparison.Ordinal).Replace("\"max_tokens\":100", "\"max_tokens\":95", StringComparison.Ordinal));
        await response.Content.ReadAsStringAsync();

        // 14 bytes more, and 5 tokens of output less: 94 x 2.50 + 95 x 8 = 995 millionths.
        Assert.Equal((number, (counted == Held ? 0.000995m : Amount(counted), 0m)), (number, await budgeted.StatusAsync()));
        Assert.Equal(remarks, Assert.Single(budgeted.Settled).Remarks);
    }

    private static HttpResponseMessage Stream(string text) => new()
    {
        Content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("text/event-stream")),
    };

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
