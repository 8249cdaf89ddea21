using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using LlmCostModel.TestData;
using Xunit.Abstractions;

namespace LlmCostModel.Tests.Responses;

/// <summary>
/// Bodies of every API with bytes changed, cut out, doubled and spliced: nothing but the documented exception, and counts that could be.
/// Two seconds by default; the environment variable LLMCOSTMODEL_FUZZ_SECONDS makes it longer.
/// </summary>
public sealed partial class UsageReaderFuzzTests(ITestOutputHelper output)
{
    private const int BodiesATurn = 20_000;

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

    /// <summary>The numbers and letters of names in every body.</summary>
    private static readonly Match[][] Values = [.. Bodies.Select(body => Value().Matches(Encoding.UTF8.GetString(body)).ToArray())];

    private static readonly string[] Numbers =
        ["0", "1", "2", "3", "5", "7", "12", "20", "100", "1000", "1000000", "9223372036854775807", "9223372036854775808", "-1", "1e3", "2.5", "null", "\"3\"", "{}"];

    /// <summary>Half of the bodies break as text; the other half have other numbers and names, so that most can be read.</summary>
    private static readonly Gen<byte[]> Mutated = Gen.Select(
        Gen.Int[0, Bodies.Length - 1],
        Gen.Bool,
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4000], Gen.Int[0, 60], Gen.Int[0, 255]).Array[1, 6],
        (body, breaks, changes) => breaks ? Mutate(body, changes) : ChangeValues(body, changes));

    [Fact]
    public void Read_MutatedBodies_ThrowsNothingElseAndGivesNoNonsense()
    {
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("LLMCOSTMODEL_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double given) ? given : 2;
        SampleCounts reached = new();
        Stopwatch clock = Stopwatch.StartNew();
        long bodies = 0;
        do
        {
            Mutated.Sample(body => ReadsOrRefuses(body, reached), iter: BodiesATurn, threads: 2);
            bodies += BodiesATurn;
        }
        while (clock.Elapsed.TotalSeconds < seconds);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bodies:N0} bodies in {clock.Elapsed.TotalSeconds:F0} s"));
        reached.AssertReached(("read", 20), ("refused", 40), ("stream read", 20));
    }

    private static bool ReadsOrRefuses(byte[] body, SampleCounts reached)
    {
        long longest = Stopwatch.Frequency * 2;
        long start = Stopwatch.GetTimestamp();
        foreach (ApiFormat api in new[] { ApiFormat.Detect, ApiFormat.OpenAIChatCompletions, ApiFormat.AnthropicMessages })
        {
            string read = Check(() => UsageReader.Read(body, api));
            string streamed = Check(() => UsageReader.ReadStream(body, api));
            if (api == ApiFormat.Detect)
            {
                reached.Add(read, $"stream {streamed}");
            }
        }

        return Stopwatch.GetTimestamp() - start < longest;
    }

    /// <summary>Whether the body was read, with usage or without, or refused.</summary>
    private static string Check(Func<UsageReading> read)
    {
        try
        {
            UsageReading reading = read();
            Assert.Equal(reading.Status == UsageStatus.Unknown, reading.Usage is null);
            _ = reading.Usage is { } usage ? checked(usage.TotalInput + usage.TotalOutput) : 0;
            _ = reading.Meters;
            _ = reading.Served;
            return reading.Usage is null ? "unknown" : "read";
        }
        catch (UsageFormatException exception)
        {
            Assert.NotEmpty(exception.Message);
            return "refused";
        }
    }

    /// <summary>Writes other numbers, and other letters into names, at up to three places.</summary>
    private static byte[] ChangeValues(int body, (int Kind, int At, int Length, int Value)[] changes)
    {
        string text = Encoding.UTF8.GetString(Bodies[body]);
        foreach ((Match found, int value) in changes.Take(3).Select(change => (Values[body][change.At % Values[body].Length], change.Value)).DistinctBy(pair => pair.Item1.Index).OrderByDescending(pair => pair.Item1.Index))
        {
            text = text[..found.Index] + (char.IsAsciiDigit(found.Value[0]) ? Numbers[value % Numbers.Length] : "x") + text[(found.Index + found.Length)..];
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>A whole number, or a letter of a name.</summary>
    [GeneratedRegex(@"(?<=:\s*)\d+|[a-z](?=[a-z_]*""\s*:)")]
    private static partial Regex Value();

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
