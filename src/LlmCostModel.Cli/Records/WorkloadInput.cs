using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads a workload file; traces that it names are found beside it.</summary>
internal static class WorkloadInput
{
    public static WorkloadFile Read(string path, CommandHost host)
    {
        if (!File.Exists(path))
        {
            throw new CliException($"The file '{path}' does not exist.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return WorkloadFile.Read(File.ReadAllBytes(path), file => Lines(Path.Combine(folder, file), host), Path.GetFileName(path));
    }

    private static IEnumerable<string> Lines(string path, CommandHost host) =>
        File.Exists(path) ? TraceFile.Lines(path, host) : throw new FileNotFoundException($"The file '{path}' does not exist.");
}
