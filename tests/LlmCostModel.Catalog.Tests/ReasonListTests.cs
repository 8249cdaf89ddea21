using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests;

/// <summary>The lists of reasons can fail: a line that nothing asks for is left over, a section without a link is refused.</summary>
public class ReasonListTests
{
    [Fact]
    public void Line_ThatNothingAsksFor_IsUnused()
    {
        ReasonList reasons = new("list", ["# about", "## none | why | https://example.com/", "a 1", "bogus", "## other | so | provider-pages/openai.txt", "b"]);

        Assert.Equal(new Reason("none", "why"), reasons.Find("a 1"));
        Assert.Equal(new Reason("other", "so"), reasons.Find("b"));
        Assert.Null(reasons.Find("c"));
        Assert.Equal(["bogus"], reasons.Unused);
    }

    [Theory]
    [InlineData("a")] // before the first section
    [InlineData("## none | why")]
    [InlineData("## none | why | nowhere.txt")]
    [InlineData("## none | why | http://example.com/")]
    [InlineData("## none | why | https://example.com/", "a", "a")]
    public void List_WithoutAReasonThatCanBeChecked_IsRefused(params string[] lines) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new ReasonList("list", lines));
}
