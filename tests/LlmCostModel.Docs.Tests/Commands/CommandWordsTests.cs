using System.Text.RegularExpressions;
using LlmCostModel.Cli;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmCostModel.Docs.Tests.Commands;

/// <summary>No message of the command speaks of C# types or of the keys of an application's settings: every sentence of the libraries that
/// does is said in other words.</summary>
public sealed partial class CommandWordsTests
{
    /// <summary>What a user of the command never meets, and why.</summary>
    private static readonly (string Part, string Why)[] NotReached =
    [
        ("set LlmCostModel:AllowLossOnReload", "the command does not reload"),
        ("The stream was finished.", "an exception for who programs"),
        ("without your own rates call AddLlmCostModel()", "the command has no settings"),
        ("Call services.AddLlmCostModel(configuration) instead", "the command has no settings"),
        ("this version of LlmCostModel.Catalog reads", "the command takes no catalog that was downloaded"),
        ("the currencies differ. Convert one of them", "the command adds no amounts of two currencies"),
        ("Take those before the last with", "the command takes them"),
    ];

    public static TheoryData<string> Sentences => [.. Found()];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Sentence_OfTheLibraries_IsSaidInWordsOfTheCommand(string sentence)
    {
        string said = CommandWords.Of(sentence);

        Assert.False(Programs().IsMatch(said), $"CommandWords has no words of the command for: {said}");
    }

    [Fact]
    public void Sentences_AreFound() => Assert.InRange(Found().Count(), 15, 200);

    [Fact]
    public void Exceptions_StillApply() =>
        Assert.All(NotReached, one => Assert.Contains(All(), sentence => sentence.Contains(one.Part, StringComparison.Ordinal)));

    private static readonly string[] Libraries = ["LlmCostModel", "LlmCostModel.Catalog", "LlmCostModel.Logs", "LlmCostModel.Planning", "Shared"];

    private static IEnumerable<string> Found() =>
        All().Where(sentence => Programs().IsMatch(sentence) && !NotReached.Any(one => sentence.Contains(one.Part, StringComparison.Ordinal)));

    /// <summary>The sentences: texts that are put together count as one, what is filled in is an x.</summary>
    private static IEnumerable<string> All() =>
        from library in Libraries
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src", library), "*.cs", SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        from node in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes()
        where node is ExpressionSyntax && node.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
        let text = TextOf((ExpressionSyntax)node)
        where text is not null && text.Contains(' ', StringComparison.Ordinal)
        select text;

    private static string? TextOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(part => part is InterpolatedStringTextSyntax words ? words.TextToken.ValueText : "x")),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when (TextOf(sum.Left) ?? TextOf(sum.Right)) is not null =>
            (TextOf(sum.Left) ?? "x") + (TextOf(sum.Right) ?? "x"),
        ParenthesizedExpressionSyntax inner => TextOf(inner.Expression),
        _ => null,
    };

    [GeneratedRegex(@"\b(CallContext|ModelCall|ChatOptions|TokenUsage|UsageStreamReader|UsageReader|LogReader|LogReaderOptions|CostEstimator|ICostEstimator|AddCatalog|AddLlmCostModel|ExchangeRate)\b|'LlmCostModel:|LlmCostModel:[A-Z]|LlmCostModel\.[A-Z]")]
    private static partial Regex Programs();
}
