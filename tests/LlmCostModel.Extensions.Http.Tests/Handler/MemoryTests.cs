using System.Text;
using LlmCostModel.TestData;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>Run when nothing else does: the memory is that of the process.</summary>
[CollectionDefinition(nameof(RunAlone), DisableParallelization = true)]
public sealed class RunAlone;

/// <summary>What is kept of an answer does not grow with it.</summary>
[Collection(nameof(RunAlone))]
public sealed class MemoryTests
{
    private const string Usage = """
        data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}

        data: [DONE]


        """;

    /// <summary>A long answer: 100 MB, or 1 GB in the long runs. Without texts there is little of it, so little is kept.</summary>
    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/json")]
    [InlineData("multi-line event")]
    public async Task Read_LongAnswer_TakesMemoryOfItsPieces(string shape)
    {
        long pieces = Math.Max(1, SampleSize.OrGiven(1_000) * 100L); // of about 1 KB: 100 MB
        string text = new('x', 850);
        (string head, string piece, string end) = shape switch
        {
            "text/event-stream" => ("", $$$"""data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test","choices":[{"index":0,"delta":{"content":"{{{text}}}"}}]}""" + "\n\n", Usage),
            "application/json" => ("""{"object":"chat.completion","model":"gpt-test","choices":[{"index":0,"message":{"content":" """, text, """ "}}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}"""),
            _ => ("data: {\"object\":\"chat.completion.chunk\",\"x\":\n", $"data: \"{text}\",\n", Usage),
        };
        using EndlessStream body = new(Encoding.UTF8.GetBytes(head), Encoding.UTF8.GetBytes(piece), pieces, Encoding.UTF8.GetBytes(end));
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(body, shape == "application/json" ? shape : "text/event-stream")));
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = new StringContent("{}") };
        using HttpResponseMessage response = await tracked.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using Stream stream = response.Content.ReadAsStream();
        byte[] buffer = new byte[64 * 1024];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;

        for (long read = 0, next = 0; stream.Read(buffer) is > 0 and var count; read += count)
        {
            if (read >= next)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                next += pieces * 100;
            }
        }

        Assert.InRange(most, long.MinValue, 16 * 1024 * 1024);
        CallCost cost = Assert.Single(tracked.Costs);
        if (shape == "multi-line event")
        {
            Assert.Contains("longer than 4194304 bytes", cost.Issues[0].Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("0.0028 USD", cost.Total.ToString());
        }
    }
}
