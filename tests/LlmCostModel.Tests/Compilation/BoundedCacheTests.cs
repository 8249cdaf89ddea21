namespace LlmCostModel.Tests.Compilation;

public sealed class BoundedCacheTests
{
    [Fact]
    public void Add_TextsWithinTheCapacity_AreAllRemembered()
    {
        BoundedCache<object> cache = new(3);
        object[] values = [new(), new(), new()];
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Same(values[i], cache.Add($"{i}", values[i]));
        }

        Assert.All(values, (value, i) => Assert.Same(value, cache.Find($"{i}")));
        Assert.All(values, (value, i) => Assert.Same(value, cache.Find($"{i}".AsSpan())));
        Assert.Null(cache.Find("3"));
        Assert.Null(cache.Find("3".AsSpan()));
    }

    /// <summary>Full with two, the third starts anew; from then on two fit again.</summary>
    [Fact]
    public void Add_MoreThanTheCapacity_StartsAnew()
    {
        BoundedCache<string> cache = new(2);
        Assert.Equal("AB", Remembered("a", "b"));
        Assert.Equal("C", Remembered("c"));
        Assert.Equal("CD", Remembered("d"));
        Assert.Equal("E", Remembered("e"));

        string Remembered(params string[] added)
        {
            foreach (string text in added)
            {
                cache.Add(text, text.ToUpperInvariant());
            }

            return string.Concat("abcde".Select(letter => cache.Find($"{letter}")));
        }
    }

    [Fact]
    public void Add_TextThatIsKnown_GivesTheFirstValue()
    {
        BoundedCache<object> cache = new(4);
        object first = new();
        cache.Add("text", first);

        Assert.Same(first, cache.Add("text", new object()));
        Assert.Null(cache.Find("Text"));
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Add_LongText_IsNotRemembered(int length, bool isRemembered)
    {
        BoundedCache<object> cache = new(4);
        object value = new();
        string text = new('x', length);

        Assert.Same(value, cache.Add(text, value));
        Assert.Equal(isRemembered ? value : null, cache.Find(text));
    }
}
