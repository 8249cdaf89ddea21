using System.Globalization;

namespace LlmCostModel.TestData;

/// <summary>How many cases a random test runs: its own number, or at most what LLMCOSTMODEL_SAMPLES says, for runs that repeat the tests
/// thousands of times. One test takes more when it says so.</summary>
internal static class SampleSize
{
    private static readonly int Most =
        int.TryParse(Environment.GetEnvironmentVariable("LLMCOSTMODEL_SAMPLES"), CultureInfo.InvariantCulture, out int given)
            ? given
            : int.MaxValue;

    /// <summary>Whether samples are smaller than their tests want, so that shares of them say little.</summary>
    internal static bool IsLimited => Most < 2_000;

    internal static int Of(int whole) => Math.Min(whole, Most);

    /// <summary>The same for a test that takes seconds: whole in the gate, which sets CI, fewer at everybody's desk.</summary>
    internal static int Of(int whole, int atTheDesk) =>
        Of(Environment.GetEnvironmentVariable("CI") == "true" ? whole : atTheDesk);

    /// <summary>For a test that can be made longer too: its own number, or what LLMCOSTMODEL_SAMPLES says.</summary>
    internal static int OrGiven(int whole) => Most == int.MaxValue ? whole : Most;
}
