using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Where a value stands in a JSON text, by byte: an edit that leaves the rest of a file as a person wrote it needs the
/// place.</summary>
/// <param name="Name">The name of the property; <see langword="null"/> of an item of a list.</param>
/// <param name="Begin">Where its name begins, or the value itself.</param>
/// <param name="Start">Where the value begins.</param>
/// <param name="End">The first byte after it.</param>
internal readonly record struct JsonSpan(string? Name, int Begin, int Start, int End)
{
    /// <summary>The whole text.</summary>
    internal static JsonSpan OfRoot(byte[] utf8)
    {
        Utf8JsonReader reader = ReaderOf(utf8);
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonSpan(null, start, start, (int)reader.BytesConsumed);
    }

    /// <summary>The properties of an object, or the items of a list, in their order.</summary>
    internal List<JsonSpan> Parts(byte[] utf8)
    {
        List<JsonSpan> parts = [];
        Utf8JsonReader reader = ReaderOf(utf8.AsSpan(Start, End - Start));
        reader.Read();
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            string? name = null;
            int begin = Start + (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString();
                reader.Read();
            }

            int start = Start + (int)reader.TokenStartIndex;
            reader.Skip();
            parts.Add(new JsonSpan(name, begin, start, Start + (int)reader.BytesConsumed));
        }

        return parts;
    }

    /// <summary>A property by its name; <see langword="null"/> when there is none.</summary>
    internal JsonSpan? Find(byte[] utf8, string name)
    {
        foreach (JsonSpan part in Parts(utf8))
        {
            if (part.Name == name)
            {
                return part;
            }
        }

        return null;
    }

    private static Utf8JsonReader ReaderOf(ReadOnlySpan<byte> utf8) =>
        new(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
}
