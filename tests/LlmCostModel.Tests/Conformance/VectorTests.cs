using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmCostModel.Tests.Conformance;

/// <summary>Runs the language-neutral vectors of <c>tests/vectors</c>, and checks that the table of price dimensions leads to them.</summary>
public partial class VectorTests
{
    private const int DimensionCount = 90;

    public static TheoryData<Vector> Vectors => [.. Vector.All];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_Priced_CostsWhatTheProviderSays(Vector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        CostEstimator estimator = vector.Estimator();
        CostEstimate estimate = estimator.Estimate(vector.Model, vector.Usage(), vector.Context(), vector.Meters());
        CostReceipt receipt = estimator.Explain(vector.Model, vector.Usage(), vector.Context(), vector.Meters());
        JsonElement expect = vector.Expect;

        Assert.Equal(expect.GetProperty("status").GetString(), estimate.Status.ToString().ToLowerInvariant());
        Assert.Equal(receipt.Status, estimate.Status);
        Assert.Equal(
            expect.TryGetProperty("reasons", out JsonElement reasons) ? reasons.EnumerateArray().Select(reason => reason.GetString()!) : [],
            estimate.Issues.Select(issue => $"{issue.Kind} {issue.Subject}"));
        if (estimate.Status == CostStatus.Unpriced)
        {
            Assert.Null(estimate.Total?.Amount);
            return;
        }

        Dictionary<string, decimal> lines = receipt.Lines.GroupBy(line => line.Name.Replace(" ", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Amount), StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty line in expect.GetProperty("lines").EnumerateObject())
        {
            Assert.True(lines.Remove(line.Name, out decimal amount), $"no line {line.Name}; there are {string.Join(", ", lines.Keys)}");
            Assert.Equal(Vector.Number(line.Value.GetProperty("amount")), amount);
        }

        Assert.Empty(lines.Keys);
        Assert.Equal(receipt.Total?.Amount, estimate.Total?.Amount);
        receipt = vector.Conversion() is { } rate ? receipt.Convert(rate) : receipt;
        Assert.Equal(expect.GetProperty("currency").GetString(), receipt.Currency);
        Assert.Equal(Vector.Number(expect.GetProperty("total")), receipt.Total?.Amount);
        Assert.Equal(receipt.Total?.Amount, receipt.Lines.Sum(line => line.Amount));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Sum_OfEveryLine_GivesItsAmount(Vector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Expect.TryGetProperty("lines", out JsonElement lines))
        {
            Assert.All(lines.EnumerateObject(), line => Assert.True(
                VectorSum.Gives(line.Value.GetProperty("sum").GetString()!, line.Value.GetProperty("amount").GetString()!), line.ToString()));
        }
    }

    [Theory]
    [InlineData("1 / 3", "0.3333333333333333333333333333")]
    [InlineData("1000 * 2 + 3 * 4 - 6 / 4", "2010.5")]
    [InlineData("2 * M / 1000", "2000")]
    public void Sum_Right_Gives(string sum, string amount) => Assert.True(VectorSum.Gives(sum, amount));

    [Theory]
    [InlineData("1 / 3", "0.333333333333333333333333333")]
    [InlineData("1000 * 3 / M", "0.0030001")]
    [InlineData("1000 * 3 / M", "0.3")]
    public void Sum_Wrong_DoesNotGive(string sum, string amount) => Assert.False(VectorSum.Gives(sum, amount));

    [Fact]
    public void Names_AreUnique() => Assert.Equal(Vector.All.Count(), Vector.All.Select(vector => vector.Name).Distinct().Count());

    /// <summary>A row of the table reads <c>| 30 | what | [vector](../tests/vectors/file.json) |</c>, and each vector shows the row's dimension.</summary>
    [Fact]
    public void DimensionsPage_EveryRow_LeadsToVectorsOfItsDimension()
    {
        MatchCollection rows = Row().Matches(File.ReadAllText(Path.Combine(Vector.Folder, "dimensions.md")));

        Assert.Equal(Enumerable.Range(1, DimensionCount), rows.Select(row => int.Parse(row.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)));
        foreach (Match row in rows)
        {
            (string Name, string File)[] linked = [.. Link().Matches(row.Value).Select(link => (link.Groups["name"].Value, link.Groups["file"].Value))];
            Assert.NotEmpty(linked);
            Assert.All(linked, link =>
            {
                Vector vector = Vector.All.Single(vector => vector.Name == link.Name);
                Assert.Equal(link.File, vector.File);
                Assert.Contains(int.Parse(row.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture), vector.Dimensions);
            });
        }
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[(?<name>[^\]]+)\]\(\.\./tests/vectors/(?<file>[^)]+)\)")]
    private static partial Regex Link();
}
