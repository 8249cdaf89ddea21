using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Budgets.Tests.Configuration;

public sealed class HashedTagsTests : IDisposable
{
    // printf '%s' 'user=ann' | openssl dgst -sha256 -hmac 'secret-of-no-more-than-32-bytes!'
    private const string OfAnn = "73f13f2322fda656af80f6b73d96cbf66cc3a1d603ce4de94d8f9a5cf8c6ddec";
    private readonly InMemoryBudgetStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Account_OfATag_IsNamedByItsHash()
    {
        await using BudgetLedger ledger = new(_store, Options(CanaryTrail.Secret));
        await using BudgetLease lease = await ledger.ReserveAsync(new() { Tags = new Dictionary<string, string> { ["user"] = "ann" }, Ceiling = new Money(1m, "USD") });

        Assert.Equal(OfAnn, ledger.HashOf("user", "ann"));
        Assert.NotNull(_store.Find($"USER/64:{OfAnn}"));
        Assert.Null(_store.Find("USER/3:ann"));
        Assert.NotEqual(OfAnn, ledger.HashOf("tenant", "ann"));
    }

    [Fact]
    public async Task Account_WithAnotherSecret_IsAnotherOne()
    {
        Dictionary<string, string> ann = new() { ["user"] = "ann" };
        await using BudgetLedger before = new(_store, Options(CanaryTrail.Secret)), after = new(_store, Options("another-" + CanaryTrail.Secret));
        await using BudgetLease lease = await before.ReserveAsync(new() { Tags = ann, Ceiling = new Money(1m, "USD") });

        Assert.Equal(1m, (await before.GetStatusAsync(ann))[0].Held);
        Assert.Equal(0m, (await after.GetStatusAsync(ann))[0].Held);
    }

    [Fact]
    public async Task Store_InMemory_HearsNothingOfTheValue()
    {
        using CanaryTrail trail = new();

        await trail.WalkAsync(_store, hashes: true);

        Assert.NotEmpty(trail.Said);
        Assert.DoesNotContain(trail.Said, text => text.Contains(trail.Canary, StringComparison.Ordinal));
        Assert.DoesNotContain(trail.Said, text => text.Contains(CanaryTrail.Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"HashTags\": true", "is missing: HashTags needs a secret.")]
    [InlineData("\"HashTags\": true, \"TagSecret\": null", "is null. Give it a value, or leave it out.")]
    [InlineData("\"HashTags\": true, \"TagSecret\": \"\"", "is not a text of at least 32 bytes in UTF-8.")]
    [InlineData("\"HashTags\": true, \"TagSecret\": \"canary\"", "is not a text of at least 32 bytes in UTF-8.")]
    [InlineData("\"HashTags\": true, \"TagSecret\": \"canary-canary-canary-canary-31b\"", "is not a text of at least 32 bytes in UTF-8.")]
    [InlineData("\"HashTags\": true, \"TagSecret\": { \"canary\": \"canary\" }", "is not a text.")]
    [InlineData("\"TagSecret\": \"canary-canary-canary-canary-canary\"", "is for HashTags alone: values of tags are kept as they are.")]
    [InlineData("\"HashTags\": false, \"TagSecret\": \"canary-canary-canary-canary-canary\"", "is for HashTags alone: values of tags are kept as they are.")]
    public void Secret_MissingShortOrForNothing_IsRefusedAndNotShown(string section, string fault)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => FromJson(section));

        Assert.StartsWith($"LlmBudgets:TagSecret: {fault}", Assert.Single(error.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("half of a character: ?, and many whole ones")]
    public void Secret_ThatIsNone_IsRefusedInCode(string secret)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => new BudgetLedger(_store, Options(secret.Replace('?', '\ud800'))));

        Assert.Equal(
            "LlmBudgets:TagSecret: is not a text of at least 32 bytes in UTF-8. Give 32 random bytes as text, such as in hexadecimal digits.",
            Assert.Single(error.Failures));
    }

    [Fact]
    public void Secret_OfTheConfiguration_IsInNoText()
    {
        BudgetsOptions options = Options(CanaryTrail.Secret);

        using BudgetLedger ledger = FromJson($"\"HashTags\": true, \"TagSecret\": \"{CanaryTrail.Secret}\"");

        Assert.Equal(OfAnn, ledger.HashOf("user", "ann"));
        string shown = JsonSerializer.Serialize(new { options.HashTags, options }) + options + ledger;
        Assert.Contains("\"HashTags\":true", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(CanaryTrail.Secret, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void HashOf_WithoutHashes_IsTheValue()
    {
        using BudgetLedger ledger = new(_store, new BudgetsOptions());

        Assert.Equal("ann", ledger.HashOf("user", "ann"));
    }

    private static BudgetsOptions Options(string secret)
    {
        BudgetsOptions options = new() { HashTags = true, TagSecret = secret };
        options.Budgets["user"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Total, Per = { "user" } };
        return options;
    }

    private static BudgetLedger FromJson(string section)
    {
        string json = $$"""{ "LlmBudgets": { {{section}}, "Budgets": { "user": { "Currency": "USD", "Window": "total", "Per": [ "user" ] } } } }""";
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        ServiceCollection services = new();
        services.AddLlmBudgets(new ConfigurationBuilder().AddJsonStream(stream).Build());
        return services.BuildServiceProvider().GetRequiredService<BudgetLedger>();
    }
}
