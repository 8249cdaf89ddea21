using System.Net;
using System.Net.Http.Headers;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>Answers requests without a network, after reading them as a connection does.</summary>
internal sealed class ScriptedHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    internal List<byte[]> Sent { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            using MemoryStream sent = new();
            await request.Content.CopyToAsync(sent, cancellationToken);
            Sent.Add(sent.ToArray());
        }

        HttpResponseMessage response = answer(request);
        response.RequestMessage = request;
        return response;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            using MemoryStream sent = new();
            request.Content.CopyTo(sent, null, cancellationToken);
            Sent.Add(sent.ToArray());
        }

        HttpResponseMessage response = answer(request);
        response.RequestMessage = request;
        return response;
    }

    internal static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Body(System.Text.Encoding.UTF8.GetBytes(body), "application/json", status);

    internal static HttpResponseMessage Events(string body) => Body(System.Text.Encoding.UTF8.GetBytes(body), "text/event-stream");

    internal static HttpResponseMessage Body(byte[] body, string? type, HttpStatusCode status = HttpStatusCode.OK) =>
        Body(new MemoryStream(body), type, status);

    internal static HttpResponseMessage Body(Stream body, string? type, HttpStatusCode status = HttpStatusCode.OK)
    {
        StreamContent content = new(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return new HttpResponseMessage(status) { Content = content };
    }
}
