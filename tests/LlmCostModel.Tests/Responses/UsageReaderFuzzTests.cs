using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;

namespace LlmCostModel.Tests.Responses;

/// <summary>
/// Bodies of every API with bytes changed, cut out, doubled and spliced: nothing but the documented exception, and counts that could be.
/// Two seconds by default; the environment variable LLMCOSTMODEL_FUZZ_SECONDS makes it longer.
/// </summary>
public sealed class UsageReaderFuzzTests
{
    private static readonly byte[][] Bodies =
    [
        .. ApiConventionTests.Bodies.Select(row => Encoding.UTF8.GetBytes((string)row[1])),
        Encoding.UTF8.GetBytes(SampleBodies.Chat), Encoding.UTF8.GetBytes(SampleBodies.Anthropic), Encoding.UTF8.GetBytes(SampleBodies.Gemini),
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[] { "null", "-1", "1e309", "9223372036854775807", "\"usage\":", "{", "}", "[", "]", ",", "\"", "\\u0000", "0.5", "true", "data: ", "\n\n", "\"input_tokens\":3" }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80],
    ];

    private static readonly Gen<byte[]> Mutated = Gen.Select(Gen.Int[0, Bodies.Length - 1], Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4000], Gen.Int[0, 60], Gen.Int[0, 255]).Array[1, 6], Mutate);

    [Fact]
    public void Read_MutatedBodies_ThrowsNothingElseAndGivesNoNonsense()
    {
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("LLMCOSTMODEL_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double given) ? given : 2;
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            Mutated.Sample(ReadsOrRefuses, iter: 20_000, threads: 2);
        }
    }

    private static bool ReadsOrRefuses(byte[] body)
    {
        long longest = Stopwatch.Frequency * 2;
        long start = Stopwatch.GetTimestamp();
        foreach (ApiFormat api in new[] { ApiFormat.Detect, ApiFormat.OpenAIChatCompletions, ApiFormat.AnthropicMessages })
        {
            Check(() => UsageReader.Read(body, api));
            Check(() => UsageReader.ReadStream(body, api));
        }

        return Stopwatch.GetTimestamp() - start < longest;
    }

    private static void Check(Func<UsageReading> read)
    {
        try
        {
            UsageReading reading = read();
            Assert.Equal(reading.Status == UsageStatus.Unknown, reading.Usage is null);
            _ = reading.Usage is { } usage ? checked(usage.TotalInput + usage.TotalOutput) : 0;
            _ = reading.Meters;
            _ = reading.Served;
        }
        catch (UsageFormatException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static byte[] Mutate(int body, (int Kind, int At, int Length, int Value)[] changes)
    {
        List<byte> bytes = [.. Bodies[body]];
        foreach ((int kind, int position, int length, int value) in changes)
        {
            int at = position % (bytes.Count + 1);
            int count = Math.Min(length, bytes.Count - at);
            switch (kind)
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)value;
                    break;
                case 1:
                    bytes.RemoveRange(at, count);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, count));
                    break;
                default:
                    bytes.InsertRange(at, Pieces[value % Pieces.Length]);
                    break;
            }
        }

        return [.. bytes];
    }
}
