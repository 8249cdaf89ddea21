using System.IO.Enumeration;

namespace LlmCostModel.Logs;

/// <summary>Looks for files in folders, by their endings or by a pattern.</summary>
/// <remarks>Links are followed, but no folder is searched twice for the same, so that a link to a folder above ends. Hidden files are found
/// where their names are written out.</remarks>
internal sealed class FileSearch
{
    private const string AnyFolders = "**";

    private static readonly bool IgnoreCase = RealPath.Comparer.Equals("a", "A");

    private readonly HashSet<(string Folder, int Place)> _searched = [];
    private readonly List<string> _files = [];
    private readonly List<string> _skipped = [];
    private readonly List<string> _closed = [];

    /// <summary>Whether a path is a pattern: it has <c>*</c> or <c>?</c>.</summary>
    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>All logs in a folder and those below.</summary>
    public static FoundLogs In(string folder) => Matching(folder, [AnyFolders]);

    /// <summary>All files that match a pattern; <c>**</c> at its end means the logs.</summary>
    public static FoundLogs Matching(string pattern)
    {
        string path = pattern.Replace(Path.AltDirectorySeparatorChar, Path.DirectorySeparatorChar);
        string root = Path.GetPathRoot(path) ?? "";
        string[] parts = path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        int named = Array.FindIndex(parts, IsPattern);
        return Matching(Path.Combine([root, .. parts[..named]]), parts[named..]);
    }

    /// <summary>All files of a folder, whatever its own name is, that match a pattern.</summary>
    public static FoundLogs Matching(string folder, string pattern) => Matching(folder, pattern.Split('/'));

    private static FoundLogs Matching(string folder, string[] parts)
    {
        FileSearch search = new();
        search.Search(folder, RealPath.Of(folder.Length == 0 ? "." : folder), parts, 0);
        return search.Found();
    }

    private FoundLogs Found() => new(_files, _skipped, _closed);

    /// <summary>Searches a folder for what the parts from a place on name.</summary>
    /// <param name="folder">The folder, as it was named.</param>
    /// <param name="real">The folder, without links.</param>
    /// <param name="parts">The pattern, a part for every folder, the last for files.</param>
    /// <param name="place">The place.</param>
    private void Search(string folder, string real, string[] parts, int place)
    {
        if (!_searched.Add((real, place)))
        {
            return;
        }

        string part = parts[place];
        bool isLast = place == parts.Length - 1;
        if (part == AnyFolders && !isLast)
        {
            Search(folder, real, parts, place + 1);
        }

        foreach (FileSystemInfo entry in Entries(folder))
        {
            string path = Path.Combine(folder, entry.Name);
            if (entry is DirectoryInfo)
            {
                int next = part == AnyFolders ? place : place + 1;
                if (Matches(part, entry) && next < parts.Length)
                {
                    Search(path, RealOf(entry, real), parts, next);
                }
            }
            else if (isLast && Matches(part, entry))
            {
                (part != AnyFolders || LogEndings.IsLog(entry.Name) ? _files : _skipped).Add(path);
            }
        }
    }

    private FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder.Length == 0 ? "." : folder).EnumerateFileSystemInfos()];
        }
        catch (DirectoryNotFoundException)
        {
            return []; // of a pattern, or gone meanwhile
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _closed.Add(folder);
            return [];
        }
    }

    private static bool Matches(string part, FileSystemInfo entry)
    {
        bool isHidden = entry.Name[0] == '.' || entry.Attributes.HasFlag(FileAttributes.Hidden);
        return (!isHidden || part[0] == '.')
            && (part == AnyFolders || FileSystemName.MatchesSimpleExpression(part, entry.Name, IgnoreCase));
    }

    private static string RealOf(FileSystemInfo entry, string folder) =>
        entry.LinkTarget is null ? Path.Combine(folder, entry.Name) : RealPath.Of(Path.Combine(folder, entry.Name));
}
