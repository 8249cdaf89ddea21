using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Keeps texts that stand in many records, such as the names of models, so that they are made once.</summary>
internal sealed class TextCache
{
    private const int Size = 256;
    private const int Longest = 64;

    private readonly string?[] _texts = new string?[Size];

    /// <summary>The text of ASCII bytes.</summary>
    public string Get(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty || ascii.Length > Longest)
        {
            return Encoding.ASCII.GetString(ascii);
        }

        uint hash = (uint)ascii.Length;
        foreach (byte one in ascii)
        {
            hash = unchecked((hash * 31) + one);
        }

        ref string? place = ref _texts[(hash ^ (hash >> 8)) % Size];
        return place is { } known && Ascii.Equals(ascii, known) ? known : place = Encoding.ASCII.GetString(ascii);
    }
}
