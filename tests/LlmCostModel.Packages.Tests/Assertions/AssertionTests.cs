using LlmCostModel.Packages.Tests.Folders;

namespace LlmCostModel.Packages.Tests.Assertions;

/// <summary>Rules for the tests themselves: each can fail, and says what it leaves out.</summary>
public class AssertionTests
{
    [Fact]
    public void Tests_AllOfThem_AssertSomething() => AssertNone(AssertionFaults.WithoutAssertion(TestMethod.All, OfProduct));

    [Fact]
    public void Assertions_AllOfThem_CompareTwoThings() => AssertNone(AssertionFaults.OfThemselves(TestMethod.All));

    [Fact]
    public void Assertions_AllOfThem_AskTheProduct() => AssertNone(AssertionFaults.OfConstants(TestMethod.All));

    [Fact]
    public void Assertions_OfTexts_SayWhatTheTextHolds() => AssertNone(AssertionFaults.OfEmptyTexts(TestMethod.All));

    [Fact]
    public void Tests_ThatLeaveSomethingOut_CountItOrSayWhy() => AssertNone(AssertionFaults.OfSilentExits(TestMethod.All));

    [Theory]
    [InlineData("Assert.Equal(4, 2 + 2);")]
    [InlineData("decimal hours = (512 * 198) + 5_000; Assert.Equal(106_376m, hours);")]
    [InlineData("Assert.Equal(5.4547m, decimal.Round((562_027m / 87_072) - 1, 4));")]
    [InlineData("Assert.Equal(given * 2, Parse(\"3\"));")]
    [InlineData("Assert.Equal(87_072m, 226.75m * Node.HourlyCost * 24);")]
    [InlineData("AssertRounded(\"0.001\", 2.50m / Hours);")]
    [InlineData("Assert.Equal((1, 2), (1, 1 + 1));")]
    public void OfConstants_NothingOfTheProduct_IsFound(string body) => Assert.Single(AssertionFaults.OfConstants(Method(body)));

    [Theory]
    [InlineData("Assert.Equal(4, Product.Add(2, 2));")]
    [InlineData("int sum = 0; sum += 2; Assert.Equal(2, sum);")]
    [InlineData("Assert.Equal(16, Node.Cost);")]
    [InlineData("Assert.Throws<Exception>(() => Product.Fail());")]
    [InlineData("AssertPriced(\"0.001\", given);")]
    [InlineData("Assert.Fail(\"never\");")]
    public void OfConstants_SomethingOfTheProduct_IsNotFound(string body) => Assert.Empty(AssertionFaults.OfConstants(Method(body)));

    [Fact]
    public void WithoutAssertion_HelperThatAsserts_Suffices()
    {
        TestMethod[] helper = [.. TestMethod.In("T.cs", "class T { void Check() { Assert.True(Product.Works); } void Add() { Check(); } }")];

        Assert.Equal(["T.cs:5 Test asserts nothing."], WithoutAssertion(Method("Product.Add(2, 2);")));
        Assert.Empty(WithoutAssertion([.. Method("Check();"), .. helper]));
        Assert.Empty(WithoutAssertion([.. Method("Add();"), .. helper]));
        Assert.Single(WithoutAssertion([.. Method("Check();"), .. TestMethod.In("T.cs", "class T { void Check() { Product.Add(2, 2); } }")]));
    }

    /// <summary>The product has methods of the same names as helpers that assert.</summary>
    [Theory]
    [InlineData("Product.Add(2, 2);")]
    [InlineData("new Product().Add(2).ToString();")]
    [InlineData("Run(Add);")]
    public void WithoutAssertion_ProductMethodNamedAsAHelper_DoesNotSuffice(string body) =>
        Assert.Single(WithoutAssertion([.. Method(body), .. TestMethod.In("U.cs", "class U { void Add() { Assert.True(Product.Works); } }")]));

    [Theory]
    [InlineData("Assert.Equal(sum, sum);", 1)]
    [InlineData("Assert.True(Product.Works || true);", 1)]
    [InlineData("Assert.False(false && Product.Works);", 1)]
    [InlineData("Assert.True(Product.Text.Length >= 0);", 1)]
    [InlineData("Assert.True(Product.Rows.Count() >= 0, \"none\");", 1)]
    [InlineData("Assert.True(Product.Rows.Count() >= 1);", 0)]
    [InlineData("Assert.Equal(sum, Product.Sum);", 0)]
    [InlineData("Assert.True(Product.Works || Product.Fails);", 0)]
    public void OfThemselves_WhateverTheProductDoes_IsFound(string body, int faults) =>
        Assert.Equal(faults, AssertionFaults.OfThemselves(Method(body)).Count());

    private static IEnumerable<string> WithoutAssertion(TestMethod[] methods) => AssertionFaults.WithoutAssertion(methods, new HashSet<string> { "Add" });

    private static readonly HashSet<string> OfProduct =
    [
        .. SourceProject.All.SelectMany(project => project.Files).SelectMany(file => TestMethod.In(file.Path, file.Text)).Select(method => method.Name),
        "ToString", "Equals", "GetHashCode", "Add", "Contains",
    ];

    [Fact]
    public void OfEmptyTexts_EveryTextHoldsIt_IsFound()
    {
        Assert.Single(AssertionFaults.OfEmptyTexts(Method("Assert.StartsWith(\"\", Product.Text, StringComparison.Ordinal);")));
        Assert.Single(AssertionFaults.OfEmptyTexts(
            [.. TestMethod.In("T.cs",
                "class T { [InlineData(1, \"\")] void Test(int row, string text) => Assert.Contains(text, Product.Text); }")]));
        Assert.Empty(AssertionFaults.OfEmptyTexts(Method("Assert.Equal(\"\", Product.Text);")));
    }

    [Theory]
    [InlineData("if (Product.Fails) { return; }", 1)]
    [InlineData("foreach (int i in Rows) { if (i > 2) continue; }", 1)]
    [InlineData("if (Product.Fails)\n{\n    return; // it was said before\n}", 0)]
    [InlineData("if (Product.Fails) { skipped++; return; }", 0)]
    public void OfSilentExits_NeitherCountedNorExplained_IsFound(string body, int faults) =>
        Assert.Equal(faults, AssertionFaults.OfSilentExits(Method(body)).Count());

    private static TestMethod[] Method(string body) =>
    [
        .. TestMethod.In("T.cs", $$"""
            class T
            {
                private const int Hours = 24;
                private static readonly ServingNode Node = new() { HourlyCost = 16 };
                [Theory] public void Test(int given) { {{body}} }
                private static void AssertRounded(string expected, decimal? actual) => Assert.Equal(Parse(expected), decimal.Round(actual!.Value, expected.Length - expected.IndexOf('.') - 1));
                private static void AssertPriced(string expected, int tokens) => Assert.Equal(Parse(expected), Product.Price(tokens));
            }
            """),
    ];

    private static void AssertNone(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));
}
