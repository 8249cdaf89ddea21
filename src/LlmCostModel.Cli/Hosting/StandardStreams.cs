using System.Globalization;

namespace LlmCostModel.Cli;

/// <summary>The standard streams of the process. A closed one is reported, and not waited for.</summary>
/// <remarks>The runtime opens files of its own before the program begins, and the first of them take the numbers of closed streams: reading
/// one would wait forever, writing one would disturb the runtime. Only Linux tells which they are.</remarks>
internal static class StandardStreams
{
    private const string Handles = "/proc/self/fd";

    public static Stream Input() =>
        IsOpen(0) ? Console.OpenStandardInput() : new ClosedStream("Standard input is closed. Give a file, or pipe something in.");

    public static Stream Output() =>
        IsOpen(1) ? Console.OpenStandardOutput() : new ClosedStream("Standard output is closed, so nothing can be printed.");

    public static TextWriter Error() => IsOpen(2) ? Console.Error : TextWriter.Null;

    private static bool IsOpen(int handle)
    {
        try
        {
            return !OperatingSystem.IsLinux() || !Directory.Exists(Handles) || !IsOfRuntime(handle);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true; // where nothing can be found out, nothing is taken away
        }
    }

    /// <summary>Whether a standard stream is a file of the runtime: a pipe of which this process holds both ends, or one of the things that
    /// only a runtime opens.</summary>
    private static bool IsOfRuntime(int handle)
    {
        string? target = TargetOf(handle);
        return target is null
            || target.StartsWith("anon_inode:", StringComparison.Ordinal)
            || target.StartsWith("/memfd:", StringComparison.Ordinal)
            || target.EndsWith(".dll", StringComparison.Ordinal)
            || (target.StartsWith("pipe:", StringComparison.Ordinal) && HasOtherEnd(target, IsForWriting(handle)))
            || (handle > 0 ? !IsForWriting(handle) : IsForWriting(handle) && !IsForReading(handle));
    }

    private static bool HasOtherEnd(string target, bool isForWriting)
    {
        foreach (string path in Directory.GetFiles(Handles))
        {
            if (int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int other)
                && TargetOf(other) == target
                && IsForWriting(other) != isForWriting)
            {
                return true;
            }
        }

        return false;
    }

    private static string? TargetOf(int handle) =>
        new FileInfo($"{Handles}/{handle.ToString(CultureInfo.InvariantCulture)}").LinkTarget;

    private static bool IsForWriting(int handle) => AccessOf(handle) is 1 or 2;

    private static bool IsForReading(int handle) => AccessOf(handle) is 0 or 2;

    /// <summary>0 for reading, 1 for writing, 2 for both: the last octal digit of the flags.</summary>
    private static int AccessOf(int handle)
    {
        string path = $"/proc/self/fdinfo/{handle.ToString(CultureInfo.InvariantCulture)}";
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        string? flags = Array.Find(lines, line => line.StartsWith("flags:", StringComparison.Ordinal));
        return flags is null ? 2 : (flags[^1] - '0') & 3;
    }
}
