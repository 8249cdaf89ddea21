using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Tells by the names of a record's members which formats need not be asked: there are many, and each asks for several names.
/// </summary>
internal sealed class FormatMarks
{
    private const int Most = 64;

    private readonly Dictionary<string, ulong> _byName = new(StringComparer.Ordinal);
    private readonly ulong _always;

    /// <param name="formats">The formats, in their order.</param>
    public FormatMarks(IReadOnlyList<LogFormat> formats)
    {
        for (int i = 0; i < Math.Min(formats.Count, Most); i++)
        {
            ulong bit = 1ul << i;
            _always |= formats[i].Marks.Count == 0 ? bit : 0;
            foreach (string name in formats[i].Marks)
            {
                _byName[name] = _byName.GetValueOrDefault(name) | bit;
            }
        }
    }

    /// <summary>The formats to ask of a record, a bit each.</summary>
    public ulong Find(JsonElement record)
    {
        ulong found = _always;
        if (_byName.Count > 0 && record.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in record.EnumerateObject())
            {
                found |= _byName.GetValueOrDefault(member.Name);
            }
        }

        return found;
    }

    /// <summary>Whether a format is among those to ask.</summary>
    public static bool IsAmong(ulong found, int format) => format >= Most || (found & (1ul << format)) != 0;
}
