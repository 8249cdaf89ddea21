using System.IO.Compression;
using System.Security.Cryptography;

namespace LlmCostModel.Catalog;

/// <summary>A catalog newer than the one in the package, from a file. Nothing here runs unless it is called; the library never uses the
/// network by itself.</summary>
public static class CatalogFile
{
    /// <summary>The largest catalog that is read or downloaded, in bytes, packed or not: 16 MiB, many times the built-in one.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Reads rate cards from a file, gzip or not, and checks them: a catalog that <see cref="BuiltInCatalog.Write"/> wrote, whose
    /// own hash has to be right, or any file that <see cref="RateCardJson.Load"/> reads.</summary>
    /// <param name="path">The path.</param>
    /// <param name="sha256">The SHA-256 of the file as 64 hexadecimal digits; <see langword="null"/> to trust the file.</param>
    /// <returns>The rate cards, at least one, valid each and together.</returns>
    /// <exception cref="RateCardException">The file is missing, cannot be read, is too large, has another hash, no rate card, or is not
    /// valid; the message names the path and what to do.</exception>
    public static IReadOnlyList<RateCard> Load(string path, string? sha256 = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read(ReadBytes(path), path, sha256);
    }

    /// <summary>Downloads a catalog, checks hash and content, and only then puts it in the place of the file. Whatever fails, the file
    /// stays as it was.</summary>
    /// <param name="client">The client to download with. Its timeout counts for the whole download, which may take 10 minutes at
    /// most.</param>
    /// <param name="source">An <c>https</c> address, or an <c>http</c> one of this machine. A redirect to another scheme, server or port is
    /// refused. Messages show it without user, password and query.</param>
    /// <param name="sha256">The SHA-256 that the catalog must have, as 64 hexadecimal digits.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <returns>The rate cards that were written, at least one.</returns>
    /// <exception cref="ArgumentException">The address is not such a one, or the hash is none.</exception>
    /// <exception cref="HttpRequestException">The download failed, was redirected elsewhere, or took too long.</exception>
    /// <exception cref="RateCardException">The catalog is too large, has another hash, no rate card, or is not valid.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="OperationCanceledException">The token stopped the download.</exception>
    public static async Task<IReadOnlyList<RateCard>> DownloadAsync(
        HttpClient client,
        Uri source,
        string sha256,
        string path,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!CatalogDownload.IsTrusted(source))
        {
            throw new ArgumentException(
                $"'{CatalogDownload.Show(source)}' is not an https address. Prices that anyone on the way can change cannot be trusted.",
                nameof(source));
        }

        if (sha256 is not { Length: 64 } || !sha256.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException("The SHA-256 of the catalog is needed, as 64 hexadecimal digits.", nameof(sha256));
        }

        byte[] bytes = await CatalogDownload.ReadAsync(client, source, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RateCard> cards = Read(bytes, CatalogDownload.Show(source), sha256);
        string fresh = path + "." + Path.GetRandomFileName();
        try
        {
            await File.WriteAllBytesAsync(fresh, bytes, cancellationToken).ConfigureAwait(false);
            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            if (File.Exists(fresh))
            {
                File.Delete(fresh);
            }
        }

        return cards;
    }

    /// <summary>Reads a file of a size that a catalog may have.</summary>
    /// <exception cref="RateCardException">There is no such file, or it cannot be read.</exception>
    internal static byte[] ReadBytes(string path)
    {
        try
        {
            Find(path);

            // Whoever replaces the file must not be stopped by a reader.
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return BoundedRead.Read(stream, MaxBytes, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RateCardException(Unreadable(path, exception), exception);
        }
    }

    internal static string Unreadable(string path, Exception exception) => $"{path}: the catalog file cannot be read: {exception.Message}";

    /// <summary>Finds the file that a path leads to, behind all links.</summary>
    /// <exception cref="RateCardException">There is none that may be a catalog.</exception>
    /// <exception cref="IOException">The links lead nowhere.</exception>
    internal static FileInfo Find(string path)
    {
        FileInfo file = new(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
        {
            file = new FileInfo(target.FullName);
        }

        string? problem = Directory.Exists(file.FullName) ? "is a folder, not a catalog file."
            : !file.Exists ? "the catalog file does not exist. Download it first, or leave it out to use the built-in catalog."
            : file.Length > MaxBytes ? $"has {file.Length} bytes; a catalog may have {MaxBytes}."
            : file.Length == 0 ? "is empty, or no regular file." // a pipe would be waited for without end
            : null;
        return problem is null ? file : throw new RateCardException($"{path}: {problem}");
    }

    /// <summary>Reads rate cards from the bytes of a file.</summary>
    internal static IReadOnlyList<RateCard> Read(byte[] bytes, string name, string? sha256)
    {
        string actual = Hash(bytes);
        if (sha256 is not null && !actual.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new RateCardException(
                $"{name}: has the SHA-256 {actual}, not {sha256}. It is not the catalog that was meant; the previous one stays in use.");
        }

        IReadOnlyList<RateCard> cards = RateCardJson.Parse(CatalogFeed.Open(Unpack(bytes, name), name), name);
        return cards.Count > 0 ? cards : throw new RateCardException(
            $"{name}: has no rate card. A catalog has at least one; download it again, or leave it out to use the built-in catalog.");
    }

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Unpack(byte[] bytes, string name)
    {
        if (bytes is not [0x1F, 0x8B, ..])
        {
            return bytes;
        }

        try
        {
            using GZipStream unpacked = new(new MemoryStream(bytes), CompressionMode.Decompress);
            return BoundedRead.Read(unpacked, MaxBytes, name);
        }
        catch (InvalidDataException exception)
        {
            throw new RateCardException($"{name}: is a damaged gzip file: {exception.Message}");
        }
    }
}
