using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmCostModel.Packages.Tests.Folders;

/// <summary>Compiles the sources of a project to find which folder uses which: only the compiler knows what a name means.</summary>
internal static class ArrowFinder
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>A partial method without a body: its body comes from a source generator, which does not run here.</summary>
    private const string PartialMethodWithoutBody = "CS8795";

    /// <summary>Everything that the tests run with, so all packages and what they need.</summary>
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The arrows between folders, one per file and type. Comments and documentation draw none.</summary>
    /// <exception cref="InvalidOperationException">The sources do not compile, so that a name may mean nothing.</exception>
    internal static IReadOnlyList<FolderArrow> Find(string assembly, IEnumerable<SourceFile> files)
    {
        Dictionary<SyntaxTree, SourceFile> trees = files.ToDictionary(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path));
        CSharpCompilation compilation = CSharpCompilation.Create(
            assembly,
            [.. trees.Keys, CSharpSyntaxTree.ParseText(ImplicitUsings)],
            References.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != assembly),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        Diagnostic? error = compilation.GetDiagnostics()
            .FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error && found.Id != PartialMethodWithoutBody);
        if (error is not null)
        {
            throw new InvalidOperationException($"The sources of {assembly} do not compile in this test: {error}");
        }

        return [.. trees.SelectMany(tree => Find(compilation.GetSemanticModel(tree.Key), tree.Value, trees)).Distinct()];
    }

    private static IEnumerable<FolderArrow> Find(SemanticModel model, SourceFile from, Dictionary<SyntaxTree, SourceFile> trees)
    {
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot().DescendantNodes().Where(CanName))
        {
            if (model.GetSymbolInfo(node).Symbol is { } symbol && OutermostType(symbol) is { } type)
            {
                SourceFile[] declared = [.. type.DeclaringSyntaxReferences.Select(part => trees[part.SyntaxTree])];
                if (declared.Length > 0 && !Array.Exists(declared, to => to.Folder == from.Folder))
                {
                    yield return new(from, declared[0], type.Name);
                }
            }
        }
    }

    private static bool CanName(SyntaxNode node) => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax;

    /// <summary>The type that a symbol is or belongs to, without those it is nested in.</summary>
    private static INamedTypeSymbol? OutermostType(ISymbol symbol)
    {
        ISymbol declared = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol;
        INamedTypeSymbol? type = declared as INamedTypeSymbol ?? declared.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
