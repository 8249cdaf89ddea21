using System.Buffers;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Writes JSON for a reader of bodies.</summary>
internal static class JsonBytes
{
    internal static byte[] Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
