using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>A server that sends the first part of its answer and waits to be let go before it sends the rest.</summary>
internal sealed class GatedModel : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    internal GatedModel(string type, string first, string rest)
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        Address = new Uri($"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/v1/chat/completions");
        probe.Stop();
        _listener.Prefixes.Add($"http://localhost:{Address.Port}/");
        _listener.Start();
        _serving = ServeAsync(type, first, rest);
    }

    internal Uri Address { get; }

    /// <summary>Lets the rest of the answer go.</summary>
    internal void Open() => _gate.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync(string type, string first, string rest)
    {
        HttpListenerContext context = await _listener.GetContextAsync();
        await context.Request.InputStream.CopyToAsync(Stream.Null);
        context.Response.ContentType = type;
        context.Response.SendChunked = true;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(first));
        await context.Response.OutputStream.FlushAsync();
        await _gate.Task;
        try
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(rest));
            context.Response.Close();
        }
        catch (HttpListenerException)
        {
            // The client has gone.
        }
    }
}
