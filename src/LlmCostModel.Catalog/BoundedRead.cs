namespace LlmCostModel.Catalog;

/// <summary>Reads a stream whole, up to a limit.</summary>
internal static class BoundedRead
{
    private const int Chunk = 1 << 16;

    internal static byte[] Read(Stream stream, int limit, string name)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[Chunk];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            Add(bytes, buffer, read, limit, name);
        }

        return bytes.ToArray();
    }

    internal static async Task<byte[]> ReadAsync(Stream stream, int limit, string name, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[Chunk];
        for (
            int read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            read > 0;
            read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false))
        {
            Add(bytes, buffer, read, limit, name);
        }

        return bytes.ToArray();
    }

    private static void Add(MemoryStream bytes, byte[] buffer, int read, int limit, string name)
    {
        if (bytes.Length + read > limit)
        {
            throw new RateCardException($"{name}: has more than {limit} bytes, which is the most that is read.");
        }

        bytes.Write(buffer, 0, read);
    }
}
