using LlmCostModel.Packages.Tests.Folders;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmCostModel.Packages.Tests;

/// <summary>Rules of the source itself that no analyzer holds.</summary>
public class SourceTests
{
    private const int Columns = 140;

    [Fact]
    public void Lines_FitAScreen()
    {
        string[] wide =
        [
            .. Files().SelectMany(file => file.Text.Split('\n').Select((line, index) => (line, index))
                .Where(entry => entry.line.TrimEnd('\r').Length > Columns)
                .Select(entry => $"{file.Path}:{entry.index + 1}: {entry.line.Length} columns, at most {Columns}")),
        ];

        Assert.True(wide.Length == 0, string.Join('\n', wide));
    }

    /// <summary>Pointers are for a request that reads nothing.</summary>
    [Fact]
    public void Pointers_AreInReadAheadAlone() => Assert.Equal(
        ["src/LlmCostModel/Columns/ReadAhead.cs"],
        Files().Where(file => file.Text.Split(' ', '(', '\n').Contains("unsafe")).Select(file => file.Path));

    /// <summary>Amounts, prices and counts are decimal and whole numbers. The one converter of a binary number in the shared source is for
    /// planning's shares.</summary>
    [Fact]
    public void Core_HasNoBinaryFloatingPoint()
    {
        SourceFile[] core = [.. SourceProject.All.Single(project => project.Name == "LlmCostModel").Files];
        string[] found = [.. core.SelectMany(FindBinaryNumbers)];

        Assert.InRange(core.Length, 100, 1_000);
        Assert.All(found, place => Assert.StartsWith("src/Shared/Values/JsonOf.cs: ", place, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("class C { double X; }")]
    [InlineData("class C { object X => 0.5; }")]
    [InlineData("class C { object X => 1e6f; }")]
    [InlineData("class C { object X => (float)1; }")]
    [InlineData("class C { System.Double X; }")]
    public void BinaryNumber_IsFound(string source) => Assert.NotEmpty(FindBinaryNumbers(new("C", "C.cs", source)));

    [Theory]
    [InlineData("class C { decimal X => 0.5m; } // double")]
    [InlineData("class C { string X => \"double 0.5\"; long Y => 5; }")]
    public void AnotherNumber_IsNot(string source) => Assert.Empty(FindBinaryNumbers(new("C", "C.cs", source)));

    private static IEnumerable<string> FindBinaryNumbers(SourceFile file) =>
        from node in CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes()
        where node switch
        {
            PredefinedTypeSyntax type => type.Keyword.Kind() is SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword,
            LiteralExpressionSyntax literal => literal.Token.Value is double or float,
            IdentifierNameSyntax name => name.Identifier.Text is "Double" or "Single" && name.Parent is QualifiedNameSyntax,
            _ => false,
        }
        select $"{file.Path}: {node.Parent}";

    private static IEnumerable<SourceFile> Files() => SourceProject.All.SelectMany(project => project.Files).DistinctBy(file => file.Path);
}
