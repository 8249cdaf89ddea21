using System.IO.Compression;
using System.Security.Cryptography;

namespace LlmCostModel.Catalog;

/// <summary>A catalog newer than the one in the package, from a file. Nothing here runs unless it is called; the library never uses the
/// network by itself.</summary>
public static class CatalogFile
{
    /// <summary>The largest catalog that is read or downloaded, in bytes, packed or not: 16 MiB, many times the built-in one.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Reads rate cards from a file, gzip or not, and checks them.</summary>
    /// <param name="path">The path.</param>
    /// <param name="sha256">The SHA-256 of the file as 64 hexadecimal digits; <see langword="null"/> to trust the file.</param>
    /// <returns>The rate cards, valid each and together.</returns>
    /// <exception cref="RateCardException">The file is missing, too large, has another hash, or is not valid; the message names the path
    /// and what to do.</exception>
    public static IReadOnlyList<RateCard> Load(string path, string? sha256 = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new RateCardException(
                $"{path}: the catalog file does not exist. Download it first, or leave it out to use the built-in catalog.");
        }

        return file.Length > MaxBytes
            ? throw new RateCardException($"{path}: has {file.Length} bytes; a catalog may have {MaxBytes}.")
            : Read(File.ReadAllBytes(path), path, sha256);
    }

    /// <summary>Downloads a catalog, checks hash and content, and only then puts it in the place of the file. Whatever fails, the file
    /// stays as it was.</summary>
    /// <param name="client">The client to download with; its timeout applies.</param>
    /// <param name="source">An <c>https</c> address, or any address of this machine.</param>
    /// <param name="sha256">The SHA-256 that the catalog must have, as 64 hexadecimal digits.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <returns>The rate cards that were written.</returns>
    /// <exception cref="ArgumentException">The address is neither https nor local, or the hash is not one.</exception>
    /// <exception cref="HttpRequestException">The download failed.</exception>
    /// <exception cref="RateCardException">The catalog is too large, has another hash, or is not valid.</exception>
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
        if (source.Scheme != Uri.UriSchemeHttps && !source.IsLoopback)
        {
            throw new ArgumentException(
                $"'{source}' is not an https address. Prices that anyone on the way can change cannot be trusted.",
                nameof(source));
        }

        if (sha256 is not { Length: 64 } || !sha256.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException("The SHA-256 of the catalog is needed, as 64 hexadecimal digits.", nameof(sha256));
        }

        byte[] bytes = await ReadAsync(client, source, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RateCard> cards = Read(bytes, source.ToString(), sha256);
        string fresh = path + "." + Path.GetRandomFileName();
        try
        {
            await File.WriteAllBytesAsync(fresh, bytes, cancellationToken).ConfigureAwait(false);
            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }

        return cards;
    }

    private static async Task<byte[]> ReadAsync(HttpClient client, Uri source, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client
            .GetAsync(source, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await BoundedRead.ReadAsync(body, MaxBytes, source.ToString(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<RateCard> Read(byte[] bytes, string name, string? sha256)
    {
        string actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (sha256 is not null && !actual.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new RateCardException(
                $"{name}: has the SHA-256 {actual}, not {sha256}. It is not the catalog that was meant; the previous one stays in use.");
        }

        return RateCardJson.Parse(Unpack(bytes, name), name);
    }

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
