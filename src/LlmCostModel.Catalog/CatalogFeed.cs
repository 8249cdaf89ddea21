using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>The whole catalog as one file: which format it has, of which days it is, the hash of its rate cards, and the rate
/// cards.</summary>
/// <remarks>Everything up to the rate cards is the first line, all rate cards are the second, so that any language can take the hash: of
/// the bytes of that line.</remarks>
internal static class CatalogFeed
{
    /// <summary>The format that is written and read. A reader refuses a later one, whose rate cards may mean something else.</summary>
    internal const int Format = 1;

    private const string FormatName = "Format";
    private const string VersionName = "Version";
    private const string DayName = "AsOf";
    private const string HashName = "Sha256";
    private const string CardsName = "RateCards";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes rate cards as one file.</summary>
    /// <param name="cards">Each card's name and JSON.</param>
    /// <param name="newest">The day of the newest reading, by which feeds are told apart.</param>
    /// <param name="oldest">The day of the oldest reading of a price that is in force.</param>
    internal static byte[] Write(IEnumerable<(string Name, byte[] Json)> cards, DateOnly newest, DateOnly oldest)
    {
        ArrayBufferWriter<byte> inner = new();
        using (Utf8JsonWriter json = new(inner, Compact))
        {
            json.WriteStartObject();
            foreach ((string name, byte[] text) in cards)
            {
                using JsonDocument card = JsonDocument.Parse(text);
                json.WritePropertyName(name);
                card.RootElement.WriteTo(json);
            }

            json.WriteEndObject();
        }

        byte[] content = inner.WrittenSpan.ToArray();
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"{FormatName}\":{Format},\"{VersionName}\":\"{newest:yyyy-MM-dd}\",\"{DayName}\":\"{oldest:yyyy-MM-dd}\",")
            + $"\"{HashName}\":\"{CatalogFile.Hash(content)}\",\"{CardsName}\":\n";
        return [.. System.Text.Encoding.ASCII.GetBytes(head), .. content, .. "\n}\n"u8];
    }

    /// <summary>Takes the rate cards out of a feed, and checks them.</summary>
    /// <returns>The JSON of the rate cards; of a file that is no feed, the whole of it.</returns>
    /// <exception cref="RateCardException">The feed has another format, is damaged or not whole.</exception>
    internal static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> json, string name)
    {
        if (FindMembers(json.Span) is not { } members || !(members.ContainsKey(FormatName) || members.ContainsKey(HashName)))
        {
            return json;
        }

        if (members.Keys.Except([FormatName, VersionName, DayName, HashName, CardsName]).FirstOrDefault() is { } unknown)
        {
            throw new RateCardException($"{name}: a catalog has no member '{unknown}'. Download it again.");
        }

        string Text(string member) => members.TryGetValue(member, out Range place)
            ? System.Text.Encoding.UTF8.GetString(json.Span[place]).Trim('"')
            : throw new RateCardException($"{name}: the catalog has no {member}, so it is not whole. Download it again.");

        string format = Text(FormatName);
        if (format != Format.ToString(CultureInfo.InvariantCulture))
        {
            throw new RateCardException(
                $"{name}: the catalog has the format {format}; this version of LlmCostModel.Catalog reads {Format}. Update the package, or "
                    + "download a catalog of that format.");
        }

        string stated = Text(HashName);
        _ = Text(CardsName);
        ReadOnlyMemory<byte> cards = json[members[CardsName]];
        string actual = CatalogFile.Hash(cards.Span);
        return actual.Equals(stated, StringComparison.OrdinalIgnoreCase) ? cards : throw new RateCardException(
            $"{name}: its rate cards have the SHA-256 {actual}, and it states {stated}. It was damaged or changed on the way; download it "
                + "again.");
    }

    /// <summary>Where the value of each member of the outermost object stands; <see langword="null"/> for what is not a valid JSON object,
    /// which the reader of rate cards explains.</summary>
    private static Dictionary<string, Range>? FindMembers(ReadOnlySpan<byte> json)
    {
        Dictionary<string, Range> members = new(StringComparer.Ordinal);
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string member = reader.GetString()!;
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                members[member] = start..(int)reader.BytesConsumed;
            }

            return members;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
