namespace LlmCostModel;

/// <summary>Where a path leads: whole, and without links on the way.</summary>
internal static class RealPath
{
    /// <summary>More links than this go in a circle, as the system has it.</summary>
    private const int MostLinks = 40;

    /// <summary>Compares paths as the file system does.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static string Of(string path)
    {
        string real = Path.GetFullPath(path);
        for (int i = 0; i < MostLinks; i++)
        {
            if (WithoutFirstLink(real) is not { } next)
            {
                break;
            }

            real = next;
        }

        return real;
    }

    private static string? WithoutFirstLink(string path)
    {
        int root = Path.GetPathRoot(path)!.Length;
        for (int end = root; end < path.Length; end++)
        {
            end = path.IndexOf(Path.DirectorySeparatorChar, end) is >= 0 and int at ? at : path.Length;
            string part = path[..end];
            if (end > root && new FileInfo(part).LinkTarget is { } target)
            {
                return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(part)!, target)) + path[end..];
            }
        }

        return null;
    }
}
