namespace LlmCostModel.Tests.Compilation;

public class RuleSetTests
{
    public static TheoryData<int[]> Sets => [[], [0], [63], [0, 1, 5, 6, 31, 32, 63], [.. Enumerable.Range(0, PriceVersion.MaxRules)]];

    [Theory]
    [MemberData(nameof(Sets))]
    public void With_EveryIndex_IsContainedCountedAndVisitedInOrder(int[] indices)
    {
        RuleSet set = Make([.. Enumerable.Reverse(indices)]);

        Assert.Equal(indices, Visit(set));
        Assert.Equal(indices.Length, set.Count);
        Assert.Equal(indices.Length == 0, set.IsEmpty);
        Assert.All(Enumerable.Range(0, PriceVersion.MaxRules), index => Assert.Equal(indices.Contains(index), set.Contains(index)));
    }

    [Fact]
    public void Operators_CombineSets()
    {
        RuleSet left = Make(1, 2, 40);
        RuleSet right = Make(2, 3);

        Assert.Equal([1, 2, 3, 40], Visit(left | right));
        Assert.Equal([2], Visit(left & right));
        Assert.Equal([1, 40], Visit(left.Without(right)));
        Assert.Equal(Make(40, 2, 1), left);
    }

    /// <summary>The sets of the first two rules are 0, 1, 2 and 3: four of them.</summary>
    [Fact]
    public void Number_OfTheFirstRules_FillsAnArrayOfSubsets()
    {
        Assert.Equal(4, RuleSet.CountSubsets(2));
        Assert.Equal([0ul, 1ul, 2ul, 3ul], [default(RuleSet).Number, Make(0).Number, Make(1).Number, Make(0, 1).Number]);
    }

    private static RuleSet Make(params int[] indices) => indices.Aggregate(default(RuleSet), (set, index) => set.With(index));

    private static List<int> Visit(RuleSet set)
    {
        List<int> visited = [];
        foreach (int index in set)
        {
            visited.Add(index);
        }

        return visited;
    }
}
