using System.Buffers;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Puts the pieces of one answer together, as they come one by one out of a list.</summary>
internal sealed class PiecesOfAnswer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private JsonElement _last;

    /// <summary>How long they are together.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>Adds the next element.</summary>
    /// <returns>Whether it may be a piece of the same answer as those before.</returns>
    public bool TryAdd(ReadOnlyMemory<byte> element)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(HalfCharacters.Replace(element));
            JsonElement piece = document.RootElement;
            if (Length == 0 ? !AnswerPieces.IsPiece(piece) : !AnswerPieces.Continues(_last, piece))
            {
                return false;
            }

            _last = piece.Clone();
        }
        catch (JsonException)
        {
            return false;
        }

        _bytes.Write(Length == 0 ? "["u8 : ","u8);
        _bytes.Write(element.Span);
        return true;
    }

    /// <summary>The list of them.</summary>
    public byte[] ToArray() => [.. _bytes.WrittenSpan, (byte)']'];
}
