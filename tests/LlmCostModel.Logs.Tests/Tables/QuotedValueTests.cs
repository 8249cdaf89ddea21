namespace LlmCostModel.Logs.Tests.Tables;

/// <summary>RFC 4180, section 2.</summary>
public class QuotedValueTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData(" kept ", " kept ")]
    [InlineData("\"\"", "")]
    [InlineData("\"a,b\"", "a,b")]
    [InlineData("\"two\nlines\"", "two\nlines")]
    [InlineData("\"say \"\"hi\"\"\"", "say \"hi\"")]
    [InlineData("\"\"\"\"", "\"")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("\"open", null)]
    [InlineData("\"", null)]
    [InlineData("\"a\"b", null)]
    [InlineData("\"a\"b\"", null)]
    [InlineData("5\" disk, 3\" disk", null)]
    [InlineData("5\" disk\nnext", null)]
    public void Value_IsWithoutItsQuotes(string raw, string? value) => Assert.Equal(value, QuotedValue.Read(raw, ','));
}
