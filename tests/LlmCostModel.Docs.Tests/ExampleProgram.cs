using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmCostModel.Docs.Tests;

/// <summary>Compiles a block of C# as a program of its own and runs it.</summary>
internal static class ExampleProgram
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>What the program writes; fails with the compiler's messages when it does not compile.</summary>
    internal static string[] Run(CodeBlock block)
    {
        CSharpCompilation program = CSharpCompilation.Create(
            $"example{block.Line}",
            [CSharpSyntaxTree.ParseText(block.Text), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = program.Emit(image);
        Assert.True(result.Success, $"{block} does not compile:\n{string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}");

        // Comments in the docs show numbers as an English reader sees them. Everything else of the documentation tests runs in the culture of
        // the test.
        CultureInfo culture = CultureInfo.CurrentCulture;
        TextWriter console = Console.Out;
        using StringWriter output = new(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            MethodInfo main = Assembly.Load(image.ToArray()).EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Console.SetOut(console);
        }

        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
