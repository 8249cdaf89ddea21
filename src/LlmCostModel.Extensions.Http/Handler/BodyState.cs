using System.Text.Json;

namespace LlmCostModel;

/// <summary>What a body says of work that goes on without the request that asked for it.</summary>
/// <param name="State">How far it is, such as <c>queued</c>.</param>
/// <param name="Id">By which it is asked for.</param>
/// <param name="IsBackground">Whether it was made in the background.</param>
internal readonly record struct BodyState(string? State, string? Id, bool IsBackground)
{
    /// <summary>Whether the work is still to be done, so that nothing is billed yet.</summary>
    internal bool IsOpen => State is "queued" or "in_progress" or "pending";

    /// <summary>Whether the work is over, however it ended.</summary>
    internal bool IsOver => State is "completed" or "incomplete" or "failed" or "expired" || IsCanceled;

    /// <summary>In either spelling, and not while it is being done.</summary>
    private bool IsCanceled => State is not null && State.StartsWith("cancel", StringComparison.Ordinal) && State.EndsWith('d');

    internal static BodyState Read(ReadOnlySpan<byte> json)
    {
        BodyState found = default;
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                found = found.With(ref reader);
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader of the usage says what is wrong.
        }

        return found;
    }

    private BodyState With(ref Utf8JsonReader reader)
    {
        bool isState = reader.ValueTextEquals("status"u8);
        bool isId = reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("request_id"u8);
        bool isFlag = reader.ValueTextEquals("background"u8);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String when isState => this with { State = reader.GetString() },
            JsonTokenType.String when isId => this with { Id = Id ?? reader.GetString() },
            JsonTokenType.True when isFlag => this with { IsBackground = true },
            _ => this,
        };
    }
}
