using System.Xml.Linq;

namespace LlmCostModel.Packages.Tests.Folders;

/// <summary>A project under <c>src</c>: its project file and what it compiles.</summary>
internal sealed class SourceProject
{
    /// <summary>The repository: the folder above the tests that has the sources.</summary>
    internal static readonly string Root = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private readonly XDocument _file;

    private SourceProject(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        _file = XDocument.Load(path);
        Files =
        [
            .. FilesIn(Path.GetDirectoryName(path)!, ""),
            .. Shared.SelectMany(name => FilesIn(Path.Combine(Root, "src", "Shared", name), $"Shared/{name}")),
        ];
    }

    internal static SourceProject[] All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceProject(path)),
    ];

    /// <summary>The names of the folders of shared source.</summary>
    internal static string[] SharedFolders =>
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "src", "Shared")).Select(path => Path.GetFileName(path))];

    internal string Name { get; }

    internal IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The folders of shared source that the project takes.</summary>
    internal string[] Shared => [.. _file.Descendants("SharedSource").SelectMany(names => names.Value.Split(';'))];

    /// <summary>What the project file names to compile, beside its own folder.</summary>
    internal string[] Included =>
        [.. _file.Descendants("Compile").Select(item => item.Attribute("Include")?.Value).OfType<string>()];

    private static string FindRoot(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "src", "Directory.Build.targets")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("No folder above the tests has src/Directory.Build.targets.");
    }

    private static IEnumerable<SourceFile> FilesIn(string folder, string name) =>
        from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let inside = Path.GetRelativePath(folder, path).Replace('\\', '/')
        where !inside.StartsWith("bin/", StringComparison.Ordinal) && !inside.StartsWith("obj/", StringComparison.Ordinal)
        select new SourceFile(FolderOf(name, inside), Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static string FolderOf(string name, string inside)
    {
        string[] parts = [name, .. inside.Split('/')[..^1]];
        string folder = string.Join('/', parts.Where(part => part.Length > 0));
        return folder.Length > 0 ? folder : "(root)";
    }
}
