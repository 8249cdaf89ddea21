using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests.Figures;

/// <summary>The tests of the repository by name, read from their sources: the other test projects are not referenced.</summary>
internal static partial class TestNames
{
    internal static HashSet<string> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Folder, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Test().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups[1].Value}")),
    ];

    [GeneratedRegex(@"(?:Fact|Theory)\b[^\n]*\n(?:\s*\[[^\n]*\n|[^\n]*\)\]\n|\s*//[^\n]*\n)*?\s*public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Test();
}
