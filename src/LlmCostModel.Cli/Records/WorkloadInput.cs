using LlmCostModel.Logs;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads a workload file; traces that it names are found beside it.</summary>
internal static class WorkloadInput
{
    public static WorkloadFile Read(string path, CommandHost host)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return WorkloadFile.Read(InputFile.Bytes(path, host), file => Lines(Path.Combine(folder, file), host), Path.GetFileName(path));
    }

    /// <exception cref="IOException">It cannot be opened; the reader of the workload tells where it is named.</exception>
    private static IEnumerable<string> Lines(string path, CommandHost host)
    {
        try
        {
            return LogFiles.ReadLines(InputFile.Open(path, host), path);
        }
        catch (Exception exception) when (exception is CliException or LogFormatException)
        {
            throw new IOException(exception.Message);
        }
    }
}
