namespace LlmCostModel.Planning.Tests;

public sealed class TraceReaderTests
{
    [Theory]
    [InlineData("{", "Line 2 is not JSON: ")]
    [InlineData("[1]", "Line 2 is not a valid JSON object.")]
    [InlineData("""{"input_length":1,"output_length":1,"hash_ids":[1]}""", "Line 2: 'timestamp' is missing.")]
    [InlineData("""{"timestamp":-1,"input_length":1,"output_length":1,"hash_ids":[1]}""", "Line 2: 'timestamp' is -1, which is not a whole number from 0 to 253402300799999.")]
    [InlineData("""{"timestamp":1,"input_length":1.5,"output_length":1,"hash_ids":[1]}""", "Line 2: 'input_length' is 1.5, which is not a whole number from 0 to 9223372036854775807.")]
    [InlineData("""{"timestamp":1,"input_length":1,"output_length":"1","hash_ids":[1]}""", "Line 2: 'output_length' is \"1\", which is not a whole number from 0 to 9223372036854775807.")]
    [InlineData("""{"timestamp":1,"input_length":1,"output_length":1}""", "Line 2: 'hash_ids' is missing or not an array. It lists one id per block of the prompt.")]
    [InlineData("""{"timestamp":1,"input_length":513,"output_length":1,"hash_ids":[1]}""", "Line 2: 'hash_ids' has 1 ids, which do not fit 513 tokens in blocks of 512. Give the block size of the trace.")]
    [InlineData("""{"timestamp":1,"input_length":512,"output_length":1,"hash_ids":[1,2]}""", "Line 2: 'hash_ids' has 2 ids, which do not fit 512 tokens in blocks of 512. Give the block size of the trace.")]
    [InlineData("""{"timestamp":1,"input_length":1,"output_length":1,"hash_ids":["a"]}""", "Line 2: 'hash_ids' holds \"a\", which is not a whole number from 0 to 18446744073709551615.")]
    public void ReadMooncake_ImpossibleLine_ThrowsWithLineMemberAndRule(string line, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => MooncakeTrace.Read(["", line]).ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadMooncake_EmptyPrompt_HasNoBlocks() =>
        Assert.Empty(MooncakeTrace.Read(["""{"timestamp":1,"input_length":0,"output_length":1,"hash_ids":[]}"""]).Single().Prompt);

    [Fact]
    public void ReadMooncake_BlockSizeBelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => MooncakeTrace.Read([], 0));

    [Fact]
    public void ReadConversation_TotalsOnly_ContinueTheConversation()
    {
        string[] lines =
        [
            """{"at":"2026-01-01T00:00:00Z","conversation":"a","input":1000,"output":50}""",
            """{"at":"2026-01-01T00:00:01Z","conversation":"b","input":1000,"output":50,"reasoning":7}""",
            """{"at":"2026-01-01T01:00:02+01:00","conversation":"a","input":1300,"output":50}""",
            """{"at":"2026-01-01T00:00:03Z","conversation":"a","input":400,"output":50}""",
            """{"at":"2026-01-01T00:00:04Z","conversation":"a","input":500,"output":50}""",
        ];
        TokenUsage[] usages = Prompts.Usages(CachePolicies.Unlimited, ConversationLog.Read(lines));

        // "b" shares nothing with "a"; 400 is shorter than 1300, so rewritten.
        Assert.Equal([0, 0, 1_000, 0, 400], usages.Select(usage => usage.CacheRead));
        Assert.Equal([1_000, 1_000, 1_300, 400, 500], usages.Select(usage => usage.TotalInput));
        Assert.Equal([0, 7, 0, 0, 0], usages.Select(usage => usage.Reasoning));
    }

    [Fact]
    public void ReadConversation_Messages_ShareEqualIdsAcrossConversations()
    {
        string[] lines =
        [
            """{"at":"2026-01-01T00:00:00Z","messages":[{"id":"system","tokens":2000,"breakpoint":true},{"id":"q1","tokens":10}],"output":5}""",
            """{"at":"2026-01-01T00:00:01Z","messages":[{"id":"system","tokens":2000,"breakpoint":true},{"id":"q2","tokens":10}],"output":5}""",
            """{"at":"2026-01-01T00:00:02Z","scope":"other","messages":[{"id":"system","tokens":2000,"breakpoint":true}],"output":5}""",
        ];

        Assert.Equal([0, 2_000, 0], Prompts.Reads(CachePolicies.OpenAIExplicit, ConversationLog.Read(lines)));
    }

    [Theory]
    [InlineData("""{"conversation":"a","input":1,"output":1}""", "Line 1: 'at' is missing or not a string.")]
    [InlineData("""{"at":"2026-01-01T00:00:00","conversation":"a","input":1,"output":1}""", "Line 1: 'at' is \"2026-01-01T00:00:00\", which is not an instant with its offset, such as 2026-01-31T08:00:00Z.")]
    [InlineData("""{"at":"2026-01-01T00:00:00Z","input":1,"output":1}""", "Line 1: 'conversation' is missing or not a string.")]
    [InlineData("""{"at":"2026-01-01T00:00:00Z","conversation":"a","output":1}""", "Line 1: 'input' is missing.")]
    [InlineData("""{"at":"2026-01-01T00:00:00Z","messages":7,"output":1}""", "Line 1: 'messages' is not an array. It lists the parts of the prompt.")]
    [InlineData("""{"at":"2026-01-01T00:00:00Z","messages":[7],"output":1}""", "Line 1: 'messages' holds 7, which is not an object with 'id' and 'tokens'.")]
    [InlineData("""{"at":"2026-01-01T00:00:00Z","messages":[{"tokens":1}],"output":1}""", "Line 1: 'id' is missing or not a string.")]
    [InlineData("""{"at":"2026-01-01T00:00:00Z","messages":[],"output":-1}""", "Line 1: 'output' is -1, which is not a whole number from 0 to 9223372036854775807.")]
    public void ReadConversation_ImpossibleLine_ThrowsWithLineMemberAndRule(string line, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ConversationLog.Read([line]).ToList()).Message);
}
