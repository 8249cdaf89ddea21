using System.Globalization;

namespace LlmCostModel.Planning.Tests;

/// <summary>A number that somebody published, and what it is here.</summary>
/// <param name="Id">Its number in the list.</param>
/// <param name="Source">Where it was published, or how it is worked out.</param>
/// <param name="Expected">The right number, rounded to as many decimals as it shows.</param>
/// <param name="Compute">What the library makes of the same inputs.</param>
public sealed record PublishedCase(string Id, string Source, string Expected, Func<decimal?> Compute)
{
    internal bool Holds => Rounded == decimal.Parse(Expected, CultureInfo.InvariantCulture);

    internal string Text => $"{Id} ({Source}): {Compute()}, not {Expected}";

    private decimal Rounded => decimal.Round(Compute()!.Value, Expected.Length - 1 - (Expected + ".").IndexOf('.', StringComparison.Ordinal) is var decimals and >= 0 ? decimals : 0);

    /// <summary>The test explorer shows number and source.</summary>
    public override string ToString() => $"{Id} {Source}";
}
