using LlmCostModel.Packages.Tests.Folders;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmCostModel.Packages.Tests.Assertions;

/// <summary>A method of the test projects, as its source.</summary>
/// <param name="File">The file, inside of the repository.</param>
/// <param name="Syntax">The method.</param>
internal sealed record TestMethod(string File, MethodDeclarationSyntax Syntax)
{
    /// <summary>All methods of all test projects.</summary>
    internal static TestMethod[] All { get; } =
    [
        .. from path in Directory.EnumerateFiles(Path.Combine(SourceProject.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
        let file = Path.GetRelativePath(SourceProject.Root, path).Replace('\\', '/')
        where !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
        from method in In(file, System.IO.File.ReadAllText(path))
        select method,
    ];

    internal string Name => Syntax.Identifier.Text;

    /// <summary>Whether the method is run: a fact or a theory, of whatever kind.</summary>
    internal bool IsTest =>
        Syntax.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => IsFactOrTheory(attribute.Name.ToString()));

    internal static IEnumerable<TestMethod> In(string file, string text) =>
        CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(method => new TestMethod(file, method));

    /// <summary>Names the method and the line of a part of it.</summary>
    internal string At(SyntaxNode part) => $"{File}:{part.GetLocation().GetLineSpan().StartLinePosition.Line + 1} {Name}";

    private static bool IsFactOrTheory(string name) => name.EndsWith("Fact", StringComparison.Ordinal)
        || name.EndsWith("Theory", StringComparison.Ordinal);
}
