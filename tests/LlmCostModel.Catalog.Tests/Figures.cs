using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace LlmCostModel.Catalog.Tests;

/// <summary>Figures of the documentation: printed by the tests that count them, and found in <c>docs/catalog.md</c> as printed.</summary>
internal static partial class Figures
{
    private static readonly string Page = Spaces().Replace(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "catalog.md")), " ");

    internal static void AreStated(ITestOutputHelper output, params FormattableString[] sentences)
    {
        string[] texts = [.. sentences.Select(FormattableString.Invariant)];
        Array.ForEach(texts, output.WriteLine);
        Assert.All(texts, text => Assert.True(Page.Contains(text, StringComparison.Ordinal), $"docs/catalog.md does not say: {text}"));
    }

    /// <summary>Where the page wraps is no matter.</summary>
    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
