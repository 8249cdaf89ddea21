using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>Tables are priced row by row: by their columns, or as <c>--map</c> says. o1 costs 15 a million tokens of input, 7.50 from the
/// cache and 60 of output.</summary>
public class TableLogTests
{
    private const string Table = "engine;tokens_in;tokens_cached;tokens_out;department;when\no1;2000000;1000000;100000;search;2025-01-27\n";

    private static readonly string[] Map =
        ["--map", "model=engine", "--map", "totalInput=tokens_in", "--map", "cacheRead=tokens_cached", "--map", "output=tokens_out", "--map", "tags.team=department", "--map", "at=when"];

    [Fact]
    public void Map_NamesTheColumns()
    {
        (int code, string output, _) = CliRunner.RunWith(Table, ["price", "-", "--each", .. Map]);

        Assert.Equal(0, code);
        using JsonDocument line = JsonDocument.Parse(output);
        Assert.Equal("28.5", line.RootElement.GetProperty("total").GetString()); // 15 + 7.5 + 6
    }

    [Fact]
    public void Table_OfKnownColumns_NeedsNoMap()
    {
        (int code, string output, _) = CliRunner.RunWith("model,at,prompt_tokens,completion_tokens\no1,2025-01-27,1000000,100000\n", "price", "-", "--each");

        Assert.Equal(0, code);
        using JsonDocument line = JsonDocument.Parse(output);
        Assert.Equal("21", line.RootElement.GetProperty("total").GetString()); // 15 + 6
    }

    /// <summary>However many rows it has.</summary>
    [Fact]
    public void UnknownTable_IsOneRejectedRecord()
    {
        (int code, string output, _) = CliRunner.RunWith("a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 1_000)), "price", "-", "--each");

        Assert.Equal(1, code);
        Assert.Contains("This is a table (CSV) of columns that no format has: a, b.", Assert.Single(output.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'model' is not a field and a column. Write --map FIELD=COLUMN, such as --map input=prompt_tokens.", "model")]
    [InlineData("--map names model twice.", "model=a", "model=b")]
    [InlineData("--map: 'modl' cannot be mapped. Did you mean model?", "modl=a")]
    public void Map_ThatIsNone_IsNamed(string error, params string[] maps)
    {
        (int code, _, string said) = CliRunner.RunWith(Table, ["price", "-", .. maps.SelectMany(map => new[] { "--map", map })]);

        Assert.Equal(2, code);
        Assert.Contains(error, said, StringComparison.Ordinal);
    }
}
