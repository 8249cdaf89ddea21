using System.Text;

namespace LlmCostModel.Cli.Tests.Faults;

/// <summary>What is said on the command line is taken to the last digit, once, or refused.</summary>
public sealed class ExactArgumentTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("--meter", "Page=0.00000000000000000000000000001")] // 29 decimals: rounded, it would be nothing
    [InlineData("--meter", "Page=1e-29")]
    [InlineData("--meter", "Page=1.00000000000000000000000000001k")]
    [InlineData("--input", "1.00000000000000000000000000001k")]
    [InlineData("--input", "1e3")]
    public void Estimate_MoreDigitsThanCanBeKept_IsRefused(string option, string value)
    {
        CliResult result = CliRunner.Run("estimate", "gpt-4o", "--output", "1", option, value);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(value.Split('=')[^1], result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quality=low", "Quality=high")]
    [InlineData("quality=low", "quality=low")]
    public void Estimate_AttributeGivenTwice_IsRefused(string first, string second)
    {
        CliResult result = CliRunner.Run("estimate", "gpt-4o", "--input", "1", "--attribute", first, "--attribute", second);

        Assert.Equal(2, result.Code);
        Assert.Contains("is given twice", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Price_EmptyTier_IsRefused()
    {
        CliResult result = CliRunner.RunWith("""{ "model": "gpt-4o", "tier": "", "usage": { "input": 1 } }""", "price", "-");

        Assert.Equal(1, result.Code);
        Assert.Contains("tier is empty.", result.Error, StringComparison.Ordinal);
    }

    /// <summary>E6: other line ends than the line feed are characters of the value, and stay in its quotes.</summary>
    [Theory]
    [InlineData("\\u2028=1+1")]
    [InlineData("a\\u2029=b")]
    [InlineData("a\\u0085=b")]
    [InlineData("a\\f=b")]
    public void Csv_OtherLineEnds_BeginNoLine(string tag)
    {
        CliResult result = CliRunner.RunWith(
            $$"""{ "model": "gpt-4o", "at": "2025-01-27", "tags": { "k": "{{tag}}" }, "usage": { "input": 1 } }""", "price", "-", "--group-by", "tag:k", "--format", "csv");

        Assert.Equal(2, result.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("price", "")]
    [InlineData("price", " ")]
    public void Price_FileWithoutName_IsRefused(params string[] args)
    {
        CliResult result = CliRunner.Run(args);

        Assert.Equal(2, result.Code);
        Assert.Contains("The name of a file is empty.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_StandardOutput_IsNoFile()
    {
        CliResult result = CliRunner.RunWith("{}", "price", "-", "--rejects", "-");

        Assert.Equal(2, result.Code);
        Assert.Contains("'-' does not name a file to write to.", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Names of files are shown in one line.</summary>
    [Fact]
    public void Price_NameOfSeveralLines_IsShownInOne()
    {
        CliResult result = CliRunner.Run("price", _cli.PathOf("a\nall is well"));

        Assert.Equal(2, result.Code);
        Assert.Contains(@"a\u000aall is well", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Faults of JSON speak to who wrote it: without the words of the reader, and with lines counted from 1.</summary>
    [Theory]
    [InlineData("{ \"model\": }")]
    [InlineData("{ \"a\": 1, }")]
    [InlineData("{ \"a\": 1 } x")]
    public void Price_BrokenJson_IsToldInPlainWords(string record)
    {
        CliResult result = CliRunner.RunWith(Encoding.UTF8.GetBytes(record), "price", "-");

        Assert.Equal(1, result.Code);
        Assert.DoesNotContain("LineNumber", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("reader options", result.Error, StringComparison.Ordinal);
        Assert.Contains("(byte ", result.Error, StringComparison.Ordinal);
    }
}
