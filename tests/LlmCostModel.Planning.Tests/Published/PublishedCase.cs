using System.Globalization;

namespace LlmCostModel.Planning.Tests;

/// <summary>A number that somebody published, and what it is here.</summary>
/// <param name="Id">Its number in the list.</param>
/// <param name="Source">Where it was published, or how it is worked out.</param>
/// <param name="Expected">The right number, rounded to as many decimals as it shows.</param>
/// <param name="Compute">What the library makes of the same inputs.</param>
public sealed record PublishedCase(string Id, string Source, string Expected, Func<decimal?> Compute)
{
    internal void Check()
    {
        int point = Expected.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : Expected.Length - point - 1;
        decimal expected = decimal.Parse(Expected, CultureInfo.InvariantCulture);
        Assert.True(expected == decimal.Round(Compute()!.Value, decimals), $"{Id} ({Source}): {Compute()}, not {Expected}");
    }

    /// <summary>The test explorer shows number and source.</summary>
    public override string ToString() => $"{Id} {Source}";
}
