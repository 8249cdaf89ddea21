using LlmCostModel.Planning;

namespace LlmCostModel.Benchmarks;

/// <summary>Ten requests a second, each of 20 blocks: 4 shared by all, 12 by a conversation, 4 of their own.</summary>
internal static class SimulatedTraffic
{
    internal const int Blocks = 20;

    internal static IEnumerable<PromptRequest> Generate(int requests)
    {
        Random random = new(1);
        for (int i = 0; i < requests; i++)
        {
            int conversation = random.Next(2_000);
            yield return new()
            {
                At = DateTimeOffset.UnixEpoch.AddMilliseconds(i * 100L),
                Prompt =
                [
                    .. Enumerable
                        .Range(0, Blocks)
                        .Select(block => new PromptSegment { Content = Content(i, conversation, block), Tokens = 512 }),
                ],
            };
        }
    }

    private static UInt128 Content(int request, int conversation, int block) => block switch
    {
        < 4 => (UInt128)block,
        < 16 => (UInt128)(1_000 + (conversation * 100) + block),
        _ => (UInt128)(1_000_000_000L + (request * 100L) + block),
    };
}
