using System.Text;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>Whether a value of a tag is in the file.</summary>
public sealed class HashedTagsTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_HasAValueOfATag_UnlessTagsAreHashed(bool hashes)
    {
        using CanaryTrail trail = new();
        await using (SqliteBudgetStore store = new(_file.Options))
        {
            await trail.WalkAsync(store, hashes);
            Assert.Equal(!hashes, Files().Any(bytes => Has(bytes, trail.Canary))); // with the log beside it
            List<string> entries = [];
            await foreach (ReadOnlyMemory<byte> entry in store.ReadEntriesAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue))
            {
                entries.Add(Encoding.UTF8.GetString(entry.Span));
            }

            Assert.Equal(2, entries.Count); // a settlement and a correction
            Assert.All(entries, entry => Assert.Contains("\"note\":\"", entry, StringComparison.Ordinal));
            Assert.All(entries, entry => Assert.Equal(!hashes, entry.Contains(trail.Canary, StringComparison.Ordinal)));
        }

        Assert.Equal(!hashes, Files().Any(bytes => Has(bytes, trail.Canary)));
        Assert.DoesNotContain(Files(), bytes => Has(bytes, CanaryTrail.Secret));
        if (hashes)
        {
            Assert.DoesNotContain(trail.Said, text => text.Contains(trail.Canary, StringComparison.Ordinal));
            Assert.DoesNotContain(trail.Said, text => text.Contains(CanaryTrail.Secret, StringComparison.Ordinal));
        }
    }

    private static bool Has(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private IEnumerable<byte[]> Files() => Directory.EnumerateFiles(Path.GetDirectoryName(_file.Path)!).Select(Read);

    private static byte[] Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
