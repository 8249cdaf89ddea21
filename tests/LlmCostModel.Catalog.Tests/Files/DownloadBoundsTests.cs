using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace LlmCostModel.Catalog.Tests.Files;

/// <summary>C3, C6 and E8: a download ends in time, fails with what is documented, shows no secrets, and stays where it was sent.</summary>
public sealed class DownloadBoundsTests : IDisposable
{
    private static readonly string Catalog = Watched.Catalog(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("download-");

    private string Target => Path.Combine(_folder.FullName, "catalog.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("no answer")]
    [InlineData("headers that trickle")]
    [InlineData("a body that trickles")]
    [InlineData("a body that stops")]
    public async Task C3_SlowServer_EndsWithTheClientsTimeout(string how)
    {
        await using Server server = new(how);
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(1) };
        Stopwatch taken = Stopwatch.StartNew();

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => DownloadAsync(client, server.Address));

        Assert.InRange(taken.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        Assert.Equal($"{server.Address}: the download failed: it took longer than 1 s.", failure.Message);
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task C3_CallersToken_StopsATricklingBody()
    {
        await using Server server = new("a body that trickles");
        using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(0.5));

        OperationCanceledException stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => DownloadAsync(client, server.Address, stop.Token));

        Assert.Equal(stop.Token, stopped.CancellationToken);
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Theory]
    [InlineData("a body that is cut", null)]
    [InlineData("no HTTP", null)]
    [InlineData("a closed connection", null)]
    [InlineData("404 Not Found", HttpStatusCode.NotFound)]
    [InlineData("500 Broken", HttpStatusCode.InternalServerError)]
    [InlineData("302 to file:///etc/passwd", null)]
    [InlineData("302 to ftp://127.0.0.1/x", null)]
    [InlineData("302 to :::", null)]
    [InlineData("302 to itself", HttpStatusCode.Redirect)]
    public async Task C6_WhateverGoesWrong_IsAHttpRequestException(string how, HttpStatusCode? status)
    {
        await using Server server = new(how);
        using HttpClient client = new();

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => DownloadAsync(client, server.Address));

        Assert.StartsWith($"{server.Address}: the download failed: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(status, status is null ? null : failure.StatusCode);
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task C6_HandlerOfTheApplicationThatThrows_IsAHttpRequestException()
    {
        using HttpClient client = new(new Broken());

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => DownloadAsync(client, new Uri("https://example.com/c.json")));

        Assert.Equal("https://example.com/c.json: the download failed: The circuit is open.", failure.Message);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/catalog.json")]
    [InlineData("catalog.json")]
    [InlineData("http://user:s3cret@example.com/catalog.json?key=s3cret")]
    public async Task C6_E8_AddressThatCannotBeTrusted_IsAnArgumentException(string address)
    {
        using HttpClient client = new();

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => DownloadAsync(client, new Uri(address, UriKind.RelativeOrAbsolute)));

        Assert.Contains("is not an https address", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C6_FileThatCannotBeWritten_IsAnIOException()
    {
        await using Server server = new("good");
        using HttpClient client = new();
        Uri address = server.Address;

        await Assert.ThrowsAnyAsync<IOException>(() => CatalogFile.DownloadAsync(client, address, Hash(Catalog), Path.Combine(Target, "no", "folder.json")));
    }

    [Theory]
    [InlineData("good", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("404 Not Found", null)]
    [InlineData("{}", null)]
    public async Task E8_SecretsOfTheAddress_AreInNoMessage(string how, string? sha256)
    {
        await using Server server = new(how);
        using HttpClient client = new();
        UriBuilder secret = new(server.Address) { UserName = "user", Password = "s3cret", Query = "key=s3cret", Fragment = "s3cret" };

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => CatalogFile.DownloadAsync(client, secret.Uri, sha256 ?? Hash("{}"), Target));

        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"{server.Address}?...: ", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>B4: valid JSON with the right hash, and nothing in it.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "RateCards": {} }""")]
    public async Task B4_CatalogOfNothing_IsRefused_AndTheFileStays(string body)
    {
        await File.WriteAllTextAsync(Target, "before");
        await using Server server = new(body);
        using HttpClient client = new();
        Uri address = server.Address;

        RateCardException refusal = await Assert.ThrowsAsync<RateCardException>(() => CatalogFile.DownloadAsync(client, address, Hash(body), Target));

        Assert.StartsWith($"{server.Address}: has no rate card.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("before", await File.ReadAllTextAsync(Target));
        Assert.StartsWith($"{Target}: is not valid JSON", Assert.Throws<RateCardException>(() => CatalogFile.Load(Target)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E8_RedirectToAnotherPort_IsRefused_AndOneOnTheSameIsFollowed()
    {
        await using Server other = new("good");
        await using Server server = new($"302 to {other.Address}");
        await using Server same = new("302 to /other.json");
        using HttpClient client = new();

        HttpRequestException refusal = await Assert.ThrowsAsync<HttpRequestException>(() => DownloadAsync(client, server.Address));
        Assert.Equal(
            $"{server.Address}: the download failed: it was redirected to {other.Address}, which was not asked for. Give that address if you trust it.",
            refusal.Message);
        Assert.Empty(_folder.EnumerateFiles());

        Assert.Single(await DownloadAsync(client, same.Address));
        Assert.Equal(Catalog, await File.ReadAllTextAsync(Target));
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task<IReadOnlyList<RateCard>> DownloadAsync(HttpClient client, Uri address, CancellationToken stop = default) =>
        CatalogFile.DownloadAsync(client, address, Hash(Catalog), Target, stop);

    private sealed class Broken : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The circuit is open.");
    }

    /// <summary>A server on a free port of this machine that answers every request as the test says.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;

        public Server(string how)
        {
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/catalog.json");
            _serving = ServeAsync(how);
        }

        public Uri Address { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _serving;
            _stop.Dispose();
        }

        private async Task ServeAsync(string how)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    NetworkStream stream = client.GetStream();
                    byte[] request = new byte[4096];
                    int read = await stream.ReadAtLeastAsync(request, 1, throwOnEndOfStream: false, _stop.Token);
                    await AnswerAsync(stream, how, Encoding.ASCII.GetString(request, 0, read));
                }
                catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or InvalidOperationException)
                {
                    // The client went away, or the test has ended.
                }
            }
        }

        private async Task AnswerAsync(NetworkStream stream, string how, string request)
        {
            string head = $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {Catalog.Length}\r\n\r\n";
            switch (how)
            {
                case "no answer":
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    break;
                case "headers that trickle":
                    await TrickleAsync(stream, head);
                    break;
                case "a body that trickles":
                    await WriteAsync(stream, head);
                    await TrickleAsync(stream, Catalog);
                    break;
                case "a body that stops":
                    await WriteAsync(stream, head + Catalog[..10]);
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    break;
                case "a body that is cut":
                    await WriteAsync(stream, head + Catalog[..10]);
                    break;
                case "no HTTP":
                    await WriteAsync(stream, "220 ready\r\n\r\n");
                    break;
                case "a closed connection":
                    break;
                case "302 to itself":
                    await RedirectAsync(stream, "/catalog.json");
                    break;
                case "good":
                    await WriteAsync(stream, head + Catalog);
                    break;
                default:
                    await (request.StartsWith("GET /other.json", StringComparison.Ordinal) ? WriteAsync(stream, head + Catalog)
                        : how.StartsWith("302 to ", StringComparison.Ordinal) ? RedirectAsync(stream, how[7..])
                        : char.IsAsciiDigit(how[0]) ? WriteAsync(stream, $"HTTP/1.1 {how}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                        : WriteAsync(stream, $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {how.Length}\r\n\r\n{how}"));
                    break;
            }
        }

        private static Task RedirectAsync(NetworkStream stream, string to) =>
            WriteAsync(stream, $"HTTP/1.1 302 Found\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        private async Task TrickleAsync(NetworkStream stream, string text)
        {
            foreach (char letter in text)
            {
                await WriteAsync(stream, letter.ToString());
                await Task.Delay(200, _stop.Token);
            }
        }

        private static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
    }
}
