using System.IO.Compression;

namespace LlmCostModel.TestData;

/// <summary>Finds the folder of evaluation data, which is not part of the repository: the environment variable <c>LLMCOSTMODEL_DATA</c>, or <c>shared/data</c> beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The folder; <see langword="null"/> where there is none.</summary>
    internal static string? Folder { get; } = Find();

    /// <summary>The full path of a file of the folder.</summary>
    internal static string PathOf(string file) => Path.Combine(Folder!, file);

    /// <summary>The lines of a text file, unpacked when its name ends in <c>.gz</c>.</summary>
    internal static IEnumerable<string> ReadLines(string file)
    {
        using FileStream stream = File.OpenRead(PathOf(file));
        using Stream unpacked = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using StreamReader reader = new(unpacked);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("LLMCOSTMODEL_DATA") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            // A linked worktree lies one level deeper than the repository, so every parent is tried.
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
