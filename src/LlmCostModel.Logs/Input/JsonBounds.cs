using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Tells where a JSON document ends.</summary>
internal static class JsonBounds
{
    /// <summary>How a text that begins with an object or a list goes on.</summary>
    public enum End
    {
        /// <summary>It is not JSON.</summary>
        Broken,

        /// <summary>It goes on behind the text.</summary>
        Open,

        /// <summary>It ends in the text; something may be behind it.</summary>
        Ended,
    }

    /// <summary>Whether a text is one document.</summary>
    public static bool IsDocument(ReadOnlySpan<byte> text) => IsValid(text, default);

    /// <summary>Whether a text is documents, one behind the other, as <c>jq</c> writes them.</summary>
    public static bool AreDocuments(ReadOnlySpan<byte> text) => IsValid(text, new() { AllowMultipleValues = true });

    /// <summary>How the first document of a text goes on.</summary>
    public static End EndIn(ReadOnlySpan<byte> text)
    {
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
        {
            return End.Broken;
        }

        try
        {
            Utf8JsonReader reader = new(text, isFinalBlock: false, default);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    return End.Ended;
                }
            }

            return End.Open;
        }
        catch (JsonException)
        {
            return End.Broken;
        }
    }

    private static bool IsValid(ReadOnlySpan<byte> text, JsonReaderOptions options)
    {
        try
        {
            Utf8JsonReader reader = new(text, options);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
