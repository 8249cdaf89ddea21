namespace LlmCostModel.Planning.Tests;

public sealed class PrefixHashTests
{
    private static readonly UInt128[] Values = [0, 1, 2, 1ul << 63, (UInt128)1 << 64, (UInt128)1 << 127, ulong.MaxValue, UInt128.MaxValue];

    /// <summary>A step is a bijection: from every state other segments lead to other states, and every segment leads from other states to others.</summary>
    [Fact]
    public void Extend_OneDifference_NeverCollides()
    {
        foreach (UInt128 value in Values)
        {
            Assert.Equal(Values.Length, Values.Select(segment => PrefixHash.Extend(value, segment)).Distinct().Count());
            Assert.Equal(Values.Length, Values.Select(prefix => PrefixHash.Extend(prefix, value)).Distinct().Count());
        }
    }

    /// <summary>Texts of every length around a block of eight characters, and those that only zeros tell apart.</summary>
    [Fact]
    public void OfText_DifferentTexts_NeverCollide()
    {
        string[] texts = [.. Enumerable.Range(0, 20).SelectMany(length => (string[])[new string('a', length), new string('\0', length + 1), new string('a', length) + "b"])];

        Assert.Equal(texts.Length, texts.Select(text => PrefixHash.OfText(text)).Distinct().Count());
        Assert.Equal(PrefixHash.OfText("some text"), PrefixHash.OfText(string.Concat("some ", "text")));
    }
}
