using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>A provider on this machine: answers each request with the next of its replies.</summary>
internal sealed class LoopbackModel : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<Reply> _replies;
    private readonly Task _serving;
    private int _requests;

    internal LoopbackModel(params IEnumerable<Reply> replies)
    {
        _replies = new(replies);
        Address = new Uri($"http://localhost:{FreePort()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    internal Uri Address { get; }

    internal int Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                await AnswerAsync(context);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        await context.Request.InputStream.CopyToAsync(Stream.Null);
        Interlocked.Increment(ref _requests);
        Reply reply = _replies.Dequeue();
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.IsStream ? "text/event-stream" : "application/json";
        context.Response.Headers["retry-after-ms"] = "1";
        byte[] body = Encoding.UTF8.GetBytes(reply.Body);
        context.Response.ContentLength64 = body.Length + (reply.IsCut ? 1 : 0);
        await context.Response.OutputStream.WriteAsync(body);
        await context.Response.OutputStream.FlushAsync();
        if (reply.IsCut)
        {
            context.Response.Abort();
        }
        else
        {
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>What a request is answered with.</summary>
    internal sealed record Reply(string Body, int Status = 200, bool IsStream = false, bool IsCut = false)
    {
        internal static Reply Stream(params string[] events) => new(string.Concat(events.Select(one => $"data: {one}\n\n")), IsStream: true);

        internal static Reply NamedStream(params string[] events) => new(string.Concat(events.Select(one => $"event: {System.Text.Json.JsonDocument.Parse(one).RootElement.GetProperty("type").GetString()}\ndata: {one}\n\n")), IsStream: true);
    }
}
