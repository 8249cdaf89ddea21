using System.Text;
using System.Text.Json.Nodes;

namespace LlmCostModel.Budgets.Tests.Runs;

/// <summary>Runs in several processes: each has a ledger of its own on one store.</summary>
public sealed class RunTokenTests : RunTestBase
{
    [Fact]
    public async Task Join_CountsInTheSameRunAndThoseAbove()
    {
        await using BudgetLedger elsewhere = MakeLedger();
        using BudgetRun job = Ledger.StartRun(new() { Id = "job", Money = Usd(2m), Calls = 10, WrapUpAt = 0.5m });
        using BudgetRun agent = job.StartChild(new() { Id = "agent ÄÖ/\"", Money = Usd(1m) });
        using BudgetRun there = elsewhere.JoinRun(agent.Token);
        await SpendAsync(agent, 0.25m);

        await SpendAsync(there, 0.5m);
        await using BudgetLease denied = await agent.ReserveAsync(Call(0.5m));

        Assert.Equal((agent.Id, agent.StartedAt, agent.EndsAt, agent.Token), (there.Id, there.StartedAt, there.EndsAt, there.Token));
        Assert.Equal(("run/agent ÄÖ/\"", 0.25m), (denied.Denial!.Budget, denied.Denial.Remaining!.Value)); // 1 - 0.25 - 0.5
        Assert.Equal([(0.75m, 0.25m), (2m, 8m)], (await there.GetStatusAsync()).Select(one => (one.Spent, one.Remaining!.Value)));
        Assert.Equal((0.75m, 0m, 1.25m), await LeftAsync(job));
        await SpendAsync(job, 0.25m); // 1 of 2 USD
        Assert.True(job.WrapUp.IsCancellationRequested);
        Assert.False(there.WrapUp.IsCancellationRequested); // nobody told it; the next answer of the store does
        await there.GetStatusAsync();
        Assert.True(there.WrapUp.IsCancellationRequested);
    }

    [Fact]
    public void Join_OfARunWhoseTimeIsOver_HasStopped()
    {
        using BudgetRun job = Ledger.StartRun(new() { Id = "job", Duration = TimeSpan.FromMinutes(1) });
        using BudgetRun there = Ledger.JoinRun(job.StartChild(new() { Id = "agent" }).Token);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((BudgetRunStopReason.ParentStopped, "job"), (there.Stop!.Reason, there.Stop.Run));
        Assert.True(there.Stopped.IsCancellationRequested); // its own timer looks at the time of those above
    }

    [Fact]
    public void Join_ItsEnd_IsNotTheEndOfTheRun()
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));

        Ledger.JoinRun(job.Token).Dispose();

        Assert.Null(job.Stop);
    }

    [Fact]
    public void Token_FitsIntoAHeader_AndHasNoSecret()
    {
        using BudgetRun job = Ledger.StartRun(new() { Id = "job?>~ÿ", Money = Usd(1m), Tokens = 5 });

        Assert.All(job.Token, letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
        string json = Text(job.Token);
        Assert.Contains("\"unit\":\"Tokens\",\"currency\":\"\",\"amount\":5", json, StringComparison.Ordinal);
        Assert.Contains("\"start\":1795773600000", json, StringComparison.Ordinal); // 2026-11-27 10:00 UTC
    }

    [Theory]
    [InlineData("")]
    [InlineData("job")]
    [InlineData("ÄÖÜ?")]
    [InlineData("e30")] // {}
    [InlineData("bnVsbA")] // null
    public void Join_OfAnotherText_SaysWhatIsWrong(string token)
    {
        FormatException error = Assert.Throws<FormatException>(() => Ledger.JoinRun(token));

        Assert.Equal(
            "The text is not the token of a run. Some of it is missing or was changed. Take it from BudgetRun.Token as it is.", error.Message);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "Another version of this library wrote it.")]
    [InlineData("\"amount\":1000000000", "\"amount\":-1", "What it says of a run is out of its range.")]
    [InlineData("\"amount\":1000000000", "\"amount\":9223372036854775807", "What it says of a run is out of its range.")]
    [InlineData("\"currency\":\"USD\"", "\"currency\":\"/x\"", "What it says of a run is out of its range.")]
    [InlineData("\"id\":\"job\"", "\"id\":\"\"", "What it says of a run is out of its range.")]
    [InlineData("\"id\":\"job\"", "\"id\":null", "What it says of a run is out of its range.")]
    [InlineData("\"wrapUpAt\":0.8", "\"wrapUpAt\":8", "What it says of a run is out of its range.")]
    [InlineData("\"wrapUpAt\":0.8", "\"wrapUpAt\":1e99", "Some of it is missing or was changed.")]
    [InlineData("\"start\":1795773600000", "\"start\":0", "What it says of a run is out of its range.")]
    [InlineData("\"start\":1795773600000", "\"start\":9223372036854775807", "Some of it is missing or was changed.")]
    [InlineData("\"unit\":\"Money\"", "\"unit\":\"17\"", "What it says of a run is out of its range.")]
    [InlineData("\"unit\":\"Money\"", "\"unit\":\"Gold\"", "Some of it is missing or was changed.")]
    [InlineData("\"id\":\"job\"", "\"id\":\"\\ud800\"", "Some of it is missing or was changed.")]
    public void Join_OfATokenThatWasChanged_SaysWhatIsWrong(string from, string to, string why)
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));
        string changed = Text(job.Token).Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Text(job.Token), changed);

        FormatException error = Assert.Throws<FormatException>(() => Ledger.JoinRun(Convert.ToBase64String(Encoding.UTF8.GetBytes(changed))));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever stands in place of anything in it, a token is refused or a run is joined.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"USD\"")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("1e20")]
    [InlineData("253402300799999")]
    [InlineData("9223372036854775807")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1e999")]
    public void Join_OfATokenWithAnythingInAPlace_RefusesItOrJoins(string odd)
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));
        using BudgetRun child = job.StartChild(new() { Calls = 5 });
        string text = Text(child.Token);
        int places = Places(JsonNode.Parse(text)!).Count;
        Assert.Equal(2 + (2 * (7 + 4)), places); // version, runs; two runs with six members each, one limit of three in each

        for (int place = 0; place < places; place++)
        {
            JsonNode changed = JsonNode.Parse(text)!;
            Places(changed)[place].ReplaceWith(JsonNode.Parse(odd));
            Exception? error = Record.Exception(
                () => Ledger.JoinRun(Convert.ToBase64String(Encoding.UTF8.GetBytes(changed.ToJsonString()))).Dispose());
            Assert.True(error is null or FormatException, $"{changed.ToJsonString()}: {error}");
        }
    }

    /// <summary>Everything in a text but the whole.</summary>
    private static List<JsonNode> Places(JsonNode node) => node switch
    {
        JsonObject members => [.. members.SelectMany(member => Places(member.Value!).Prepend(member.Value!))],
        JsonArray items => [.. items.SelectMany(item => Places(item!).Prepend(item!))],
        _ => [],
    };

    private static string Text(string token) => Encoding.UTF8.GetString(
        Convert.FromBase64String(token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=')));
}
