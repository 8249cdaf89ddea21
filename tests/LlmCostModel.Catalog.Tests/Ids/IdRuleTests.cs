namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>Each rule on its own, apart from what the catalog happens to sell.</summary>
public class IdRuleTests
{
    private static readonly ProviderIdNormalizer Normalizer = new();

    [Theory]
    [MemberData(nameof(IdForms.Paths), MemberType = typeof(IdForms))]
    [MemberData(nameof(IdForms.Marks), MemberType = typeof(IdForms))]
    [MemberData(nameof(IdForms.Suffixes), MemberType = typeof(IdForms))]
    [MemberData(nameof(IdForms.Names), MemberType = typeof(IdForms))]
    public void Normalize_EveryForm_IsTakenApart(string id, string? provider, string candidates) =>
        Assert.Equal(candidates, string.Join(" | ", Normalizer.Normalize(id, provider, default).Select(InWords)));

    [Theory]
    [MemberData(nameof(IdForms.None), MemberType = typeof(IdForms))]
    public void Normalize_WhatIsNoForm_IsLeft(string id, string? provider) =>
        Assert.Equal([], Normalizer.Normalize(id, provider, default).Select(InWords));

    [Fact]
    public void EveryRule_HasAForm()
    {
        ModelIdCandidate[] forms = [.. IdForms.Paths.Concat(IdForms.Marks).Concat(IdForms.Suffixes).Concat(IdForms.Names).Select(row =>
            new ModelIdCandidate { ModelId = ((string)row[0]).Split("azure/eu/")[^1], Provider = ((string?)row[1])?.ToLowerInvariant() })];
        IdForm[] rules = [.. IdRules.Marks, .. IdRules.Paths, .. NameRules.Suffixes, .. NameRules.Spellings, .. NameRules.Snapshots];

        Assert.Equal([], rules.OfType<IdRule>().Where(rule => !forms.Any(form => rule.Apply(form) is not null)).Select(rule => rule.Description));
    }

    /// <summary>A step says what was read as what, and the snapshot keeps the id that it was read from.</summary>
    [Fact]
    public void Normalize_Steps_SayWhatWasReadAsWhat()
    {
        ModelIdCandidate last = Normalizer.Normalize("azure/eu/gpt-some-2024-08-06", null, default).Last();

        Assert.Equal(
            ["data zone in the path: 'azure/eu/gpt-some-2024-08-06' is 'gpt-some-2024-08-06'",
                "date of a snapshot: 'gpt-some-2024-08-06' is 'gpt-some'"],
            last.Steps);
        Assert.Equal("gpt-some-2024-08-06", last.Snapshot?.Id);
    }

    /// <summary>The rules do not change with time, so that failures are remembered.</summary>
    [Fact]
    public void Rules_DoNotDependOnTime() => Assert.False(Normalizer.DependsOnTime);

    [Theory]
    [InlineData("groq/some", "openai", "groq")]
    [InlineData("azure/eu/some", "openai", "azure")]
    [InlineData("us.maker.some", "vertex", "bedrock")]
    [InlineData("llama-3.1-8b-instant", "cerebras", "groq")]
    public void Explain_AnotherProviderInTheId_IsAContradiction(string id, string provider, string named) => Assert.Equal(
        $"It is an id of provider '{named}', but the call names provider '{provider}'. Correct CallContext.Provider.",
        Normalizer.Explain(id, provider));

    [Theory]
    [InlineData("groq/some", "GROQ")] // the same provider
    [InlineData("openai/some", "azure")] // the maker's name, which others write as well
    [InlineData("some", "openai")]
    [InlineData("some", null)]
    [InlineData("us.maker.some", null)]
    public void Explain_NothingSpecial_SaysNothing(string id, string? provider) => Assert.Null(Normalizer.Explain(id, provider));

    private static string InWords(ModelIdCandidate candidate) =>
        $"{candidate.ModelId} at {candidate.Provider ?? "any"}"
        + (candidate.Region is { } region ? $" in {region}" : "")
        + (candidate.Tier is { } tier ? $", {tier}" : "")
        + (candidate.Attributes is { } attributes ? $" [{attributes}]" : "")
        + (candidate.Snapshot is { } snapshot ? $" of {snapshot.Date:yyyy-MM-dd}" : "")
        + $" ({string.Join(", ", candidate.Steps.Select(step => step.Split(": '")[0]))})";
}
