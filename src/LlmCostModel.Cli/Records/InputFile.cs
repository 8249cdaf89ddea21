using System.Text.Unicode;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli;

/// <summary>Opens what a command reads.</summary>
internal static class InputFile
{
    /// <summary>The word for standard input where a file is expected.</summary>
    public const string Standard = "-";

    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    public static Stream Open(string path, CommandHost host)
    {
        if (path == Standard)
        {
            if (OperatingSystem.IsLinux())
            {
                host.Reads("/dev/stdin"); // which may be a file
            }

            return host.Input;
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            throw new CliException("The name of a file is empty. Name a file, or - for standard input.");
        }

        host.Reads(path);
        if (Directory.Exists(path))
        {
            throw new CliException($"'{VisibleText.OneLine(path)}' is a folder. Name a file in it.");
        }

        try
        {
            // A log may be written meanwhile.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                exception is FileNotFoundException or DirectoryNotFoundException
                    ? $"The file '{VisibleText.OneLine(path)}' does not exist."
                    : $"The file '{VisibleText.OneLine(path)}' cannot be read: {ErrorText.OfSystem(exception)}");
        }
    }

    /// <summary>Reads a file whole, unpacked: rate cards, tables, workloads. Without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> Bytes(string path, CommandHost host)
    {
        using Stream stream = LogFiles.Unpack(Open(path, host), path);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > RateCardJson.MaxBytes)
            {
                throw new CliException(
                    $"The file '{VisibleText.OneLine(path)}' has more than {RateCardJson.MaxBytes} bytes, unpacked; more are not read.");
            }
        }

        ReadOnlyMemory<byte> text = bytes.ToArray();
        text = text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
        return Utf8.IsValid(text.Span)
            ? text
            : throw new CliException($"The file '{VisibleText.OneLine(path)}' is not UTF-8. Save it as UTF-8.");
    }
}
