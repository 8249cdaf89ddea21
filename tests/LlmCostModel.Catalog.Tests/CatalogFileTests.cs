using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Catalog.Tests;

/// <summary>A newer catalog from a file or an address: what is not as it should be is refused with its name, and the file of before stays.</summary>
public sealed class CatalogFileTests : IDisposable
{
    private const string Newer = """{ "Provider": "openai", "FirstParty": true, "Currency": "USD", "Models": { "o1": { "PerMillionTokens": { "Input": 99 } } } }""";

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("catalog-");

    private string Target => Path.Combine(_folder.FullName, "catalog.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AddCatalog_File_ReplacesItsProvidersOnly()
    {
        File.WriteAllText(Target, Newer);
        ICostEstimator estimator = new ServiceCollection().AddLlmCostModel().AddCatalog(Target, Hash(Newer)).BuildServiceProvider().GetRequiredService<ICostEstimator>();

        Assert.Equal(99, estimator.Estimate("o1", Million).Total?.Amount);
        Assert.Equal(CostStatus.Unpriced, estimator.Estimate("o3", Million).Status);
        Assert.Equal(5, estimator.Estimate("claude-opus-4-5", Million).Total?.Amount);
    }

    /// <summary>A downloaded catalog comes into use without a restart; one that is invalid does not, and says so.</summary>
    [Fact]
    public async Task AddCatalog_ReloadOnChange_UsesWhatIsDownloaded_AndKeepsTheLastGood()
    {
        File.WriteAllText(Target, Newer);
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel().AddCatalog(Target, reloadOnChange: true).AddCatalog(Target, reloadOnChange: true).BuildServiceProvider();
        ICostEstimator estimator = services.GetRequiredService<ICostEstimator>();
        Assert.Equal(99, estimator.Estimate("o1", Million).Total?.Amount);

        string newest = Newer.Replace("99", "98", StringComparison.Ordinal);
        await using Loopback server = new(Encoding.UTF8.GetBytes(newest));
        using HttpClient client = new();
        await CatalogFile.DownloadAsync(client, server.Address, Hash(newest), Target);
        await WaitUntil(() => estimator.Estimate("o1", Million).Total?.Amount == 98);

        File.WriteAllText(Target, Newer.Replace("99", "-1", StringComparison.Ordinal));
        await WaitUntil(() => estimator.Rates.RefusedAt is not null);
        Assert.Contains(estimator.Rates.Faults, fault => fault.Contains(Path.GetFileName(Target), StringComparison.Ordinal));
        Assert.Equal(98, estimator.Estimate("o1", Million).Total?.Amount);
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        for (int i = 0; i < 600 && !condition(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(condition());
    }

    [Fact]
    public async Task Download_GoodCatalog_IsWritten()
    {
        await using Loopback server = new(Encoding.UTF8.GetBytes(Newer));
        using HttpClient client = new();

        IReadOnlyList<RateCard> cards = await CatalogFile.DownloadAsync(client, server.Address, Hash(Newer), Target);

        Assert.Equal("openai", Assert.Single(cards).Provider);
        Assert.Equal(Newer, await File.ReadAllTextAsync(Target));
        Assert.Single(_folder.EnumerateFiles());
    }

    [Theory]
    [InlineData("duplicate ids", "'m' is an alias that")]
    [InlineData("NaN", "'NaN' is not a price")]
    [InlineData("-1", "'-1' is negative")]
    [InlineData("1e40", "'1e40' is not a price")]
    [InlineData("depth bomb", "is not valid JSON")]
    [InlineData("not JSON", "is not valid JSON")]
    [InlineData("truncated gzip", "is not valid JSON")]
    [InlineData("100 MB", "has more than 16777216 bytes")]
    [InlineData("100 MB in a gzip", "has more than 16777216 bytes")]
    public async Task Download_HostileCatalog_IsRefusedByName_AndThePreviousFileStays(string what, string message)
    {
        byte[] body = Hostile(what);
        await File.WriteAllTextAsync(Target, "before");
        await using Loopback server = new(body);
        using HttpClient client = new();

        RateCardException refusal = await Assert.ThrowsAsync<RateCardException>(() => CatalogFile.DownloadAsync(client, server.Address, Convert.ToHexString(SHA256.HashData(body)), Target));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.True(await File.ReadAllTextAsync(Target) == "before", what);
        Assert.Single(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task Download_AnotherHash_IsRefused()
    {
        await using Loopback server = new(Encoding.UTF8.GetBytes(Newer));
        using HttpClient client = new();

        RateCardException refusal = await Assert.ThrowsAsync<RateCardException>(() => CatalogFile.DownloadAsync(client, server.Address, new string('0', 64), Target));

        Assert.Contains(Hash(Newer), refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("http://example.com/catalog.json", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("https://example.com/catalog.json", "short")]
    public async Task Download_UnsafeArguments_AreRefusedBeforeAnythingIsSent(string address, string sha256)
    {
        using HttpClient client = new();

        await Assert.ThrowsAsync<ArgumentException>(() => CatalogFile.DownloadAsync(client, new Uri(address), sha256, Target));
    }

    [Fact]
    public void Load_MissingOrWrongFile_NamesIt()
    {
        Assert.Contains(Target, Assert.Throws<RateCardException>(() => CatalogFile.Load(Target)).Message, StringComparison.Ordinal);
        File.WriteAllText(Target, Newer);
        Assert.Contains(Target, Assert.Throws<RateCardException>(() => CatalogFile.Load(Target, new string('0', 64))).Message, StringComparison.Ordinal);
    }

    private static byte[] Hostile(string what) => what switch
    {
        "duplicate ids" => Encoding.UTF8.GetBytes("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 } }, "n": { "Aliases": [ "m" ], "PerMillionTokens": { "Input": 1 } } } }"""),
        "NaN" => Encoding.UTF8.GetBytes("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": "NaN" } } } }"""),
        "-1" or "1e40" => Encoding.UTF8.GetBytes($$"""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": {{what}} } } } }"""),
        "depth bomb" => Encoding.UTF8.GetBytes(new string('[', 100_000)),
        "not JSON" => [1, 2, 3],
        "truncated gzip" => Gzip(Encoding.UTF8.GetBytes(Newer))[..^20],
        "100 MB" => new byte[100_000_000],
        _ => Gzip(new byte[100_000_000]),
    };

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>A server on a free port of this machine that answers every request with one body.</summary>
    private sealed class Loopback : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public Loopback(byte[] body)
        {
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/catalog.json");
            _serving = ServeAsync(body);
        }

        public Uri Address { get; }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync(byte[] body)
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    NetworkStream stream = client.GetStream();
                    byte[] request = new byte[4096];
                    await stream.ReadAtLeastAsync(request, 1, throwOnEndOfStream: false);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                    await stream.WriteAsync(body);
                }
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException or IOException)
            {
                // The listener was stopped, or the client went away because the body is too large.
            }
        }
    }
}
