using System.Text.Json;

namespace LlmCostModel;

/// <summary>What a body says of work that goes on without the request that asked for it.</summary>
internal static class BodyState
{
    internal static (string? State, bool IsBackground) Read(ReadOnlySpan<byte> json)
    {
        string? state = null;
        bool isBackground = false;
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isState = reader.ValueTextEquals("status"u8);
                bool isFlag = reader.ValueTextEquals("background"u8);
                reader.Read();
                state = isState && reader.TokenType == JsonTokenType.String ? reader.GetString() : state;
                isBackground |= isFlag && reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader of the usage says what is wrong.
        }

        return (state, isBackground);
    }

    /// <summary>Whether the work is still to be done, so that nothing is billed yet.</summary>
    internal static bool IsOpen(string? state) => state is "queued" or "in_progress" or "pending";
}
