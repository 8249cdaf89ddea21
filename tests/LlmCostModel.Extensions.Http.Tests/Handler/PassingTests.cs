using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>Watching changes nothing: bytes, headers, length, time and memory are those of the call without it.</summary>
public sealed class PassingTests
{
    private const string First = """
        data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test","choices":[{"index":0,"delta":{"content":"Hi."}}]}


        """;

    private const string Rest = """
        data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}

        data: [DONE]


        """;

    /// <summary>The server sends the second event only after the client has read the first one.</summary>
    [Theory]
    [InlineData("text/event-stream", First, Rest)]
    [InlineData("application/json", """{"object":"chat.completion","model":"gpt-test", """, """ "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""")]
    [InlineData("application/octet-stream", "abc", "def")]
    public async Task Read_FirstBytes_AreThereBeforeTheServerSendsMore(string type, string first, string rest)
    {
        await using GatedModel model = new(type, first, rest);
        using Tracked tracked = new(new SocketsHttpHandler());
        using CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(20));
        using HttpRequestMessage request = new(HttpMethod.Post, model.Address) { Content = new StringContent("""{"model":"gpt-test"}""", Encoding.UTF8, "application/json") };

        using HttpResponseMessage response = await tracked.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, giveUp.Token);
        using Stream stream = await response.Content.ReadAsStreamAsync(giveUp.Token);
        byte[] begun = new byte[Encoding.UTF8.GetByteCount(first)];
        await stream.ReadExactlyAsync(begun, giveUp.Token);

        Assert.Equal(first, Encoding.UTF8.GetString(begun));
        Assert.Empty(tracked.Costs);
        model.Open();
        using StreamReader reader = new(stream);
        Assert.Equal(rest, await reader.ReadToEndAsync(giveUp.Token));
        Assert.Equal(type == "application/octet-stream" ? null : "0.0028 USD", Assert.Single(tracked.Costs).Total?.ToString());
    }

    /// <summary>Random bodies, read in random pieces in every way that a body can be read.</summary>
    [Fact]
    public void Read_RandomBodies_AreTheSameBytes()
    {
        string[] types = ["application/json", "text/event-stream", "application/vnd.amazon.eventstream", "audio/mpeg", "text/plain", "application/x-ndjson"];
        string[] grains = ["{", "}", "[", "]", "\"", ",", ":", "\\", "data: ", "\n\n", "\"usage\":", "1", "é", "true", " ", "event: x\n", "[DONE]", "\r"];
        Gen<byte[]> texts = Gen.OneOf(grains).Array[0, 60].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));
        Gen<byte[]> bodies = Gen.OneOf(texts, Gen.Byte.Array[0, 300]);
        Gen.Select(bodies, Gen.OneOf(types), Gen.Int[1, 17], Gen.Int[0, 5]).Sample(
            (body, type, piece, way) =>
            {
                using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(body, type)));
                using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = new ByteArrayContent(body) };
                using HttpResponseMessage response = tracked.Client.Send(request, way == 0 ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead);

                Assert.Equal(body, ReadAll(response.Content, way, piece));
                Assert.Single(tracked.Costs);
            },
            iter: SampleSize.Of(5_000, 500),
            threads: 1);
    }

    /// <summary>What a request sends, whatever it is, and what an answer is said to be.</summary>
    [Fact]
    public async Task Send_AnyRequest_IsSentAsItIs()
    {
        ScriptedHandler model = new(request =>
        {
            HttpResponseMessage answer = ScriptedHandler.Json("{}");
            answer.Headers.TryAddWithoutValidation("x-test", "a, b");
            answer.Content.Headers.TryAddWithoutValidation("Content-Language", "en, de");
            answer.Content.Headers.TryAddWithoutValidation("x-odd", "\u00e9");
            answer.Content.Headers.Expires = DateTimeOffset.UnixEpoch;
            answer.TrailingHeaders.Add("x-trailer", "c");
            return answer;
        });
        using Tracked tracked = new(model);
        byte[] bytes = [1, 2, 3, 255, 0, (byte)'{', (byte)'"'];
        using ByteArrayContent content = new(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; odd=\"x y\"");
        content.Headers.TryAddWithoutValidation("x-content", ["one", "two"]);
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = content, Version = HttpVersion.Version20 };

        using HttpResponseMessage response = await tracked.Client.SendAsync(request);

        Assert.Equal(bytes, Assert.Single(model.Sent));
        Assert.Same(content, request.Content);
        Assert.Empty(request.Options);
        Assert.Equal(["a, b"], response.Headers.GetValues("x-test"));
        Assert.Equal("en, de", response.Content.Headers.NonValidated["Content-Language"].ToString());
        Assert.Equal("\u00e9", response.Content.Headers.NonValidated["x-odd"].ToString());
        Assert.Equal(DateTimeOffset.UnixEpoch, response.Content.Headers.Expires);
        Assert.Equal(2, response.Content.Headers.ContentLength);
        Assert.Equal(["c"], response.TrailingHeaders.GetValues("x-trailer"));
        Assert.Same(request, response.RequestMessage);
    }

    /// <summary>The length that a body had, known or not, is the one that is sent.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_BodyOfAnyLength_KeepsIt(bool isKnown)
    {
        long? seen = null;
        string? headers = null;
        using Tracked tracked = new(new ScriptedHandler(request =>
        {
            seen = request.Content!.Headers.ContentLength;
            headers = request.Content.Headers.ToString();
            return ScriptedHandler.Json("{}");
        }));
        using EndlessStream unknown = new([], [(byte)'x'], 3, []);
        using HttpContent content = isKnown ? new StringContent("xxx") : new StreamContent(unknown);

        using HttpResponseMessage response = await tracked.Client.PostAsync(Tracked.Chat, content);

        Assert.Equal(isKnown ? 3 : null, seen);
        Assert.Equal(isKnown, headers!.Contains("text/plain", StringComparison.Ordinal));
    }

    /// <summary>A stream that can go back is read once, however often the caller goes back.</summary>
    [Fact]
    public async Task Read_StreamThatGoesBack_CountsOnce()
    {
        string body = First + Rest;
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Events(body)));
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = new StringContent("{}") };
        using HttpResponseMessage response = await tracked.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using Stream stream = await response.Content.ReadAsStreamAsync();

        byte[] some = new byte[100];
        stream.ReadExactly(some);
        stream.Position = 20;
        using StreamReader reader = new(stream);
        string rest = await reader.ReadToEndAsync();

        Assert.Equal(body[20..], rest);
        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    private static byte[] ReadAll(HttpContent content, int way, int piece)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[piece];
        switch (way)
        {
            case 0:
            case 1:
                return content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            case 2:
                content.CopyTo(all, null, default);
                return all.ToArray();
            case 3:
                using (Stream stream = content.ReadAsStreamAsync().GetAwaiter().GetResult())
                {
                    stream.CopyToAsync(all, piece).GetAwaiter().GetResult();
                }

                return all.ToArray();
            case 4:
                using (Stream stream = content.ReadAsStream())
                {
                    while (stream.ReadByte() is >= 0 and var one)
                    {
                        all.WriteByte((byte)one);
                    }
                }

                return all.ToArray();
            default:
                using (Stream stream = content.ReadAsStream())
                {
                    while (stream.Read(buffer, 0, buffer.Length) is > 0 and var count)
                    {
                        all.Write(buffer, 0, count);
                    }
                }

                return all.ToArray();
        }
    }
}
