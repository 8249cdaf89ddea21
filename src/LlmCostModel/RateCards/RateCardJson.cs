using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Reads rate cards from JSON.</summary>
/// <remarks>
/// A file holds one card (an object with <c>Models</c>), several by name, or what <c>appsettings.json</c> holds (an object with
/// <c>RateCards</c>, or with
/// <c>LlmCostModel</c>). <c>docs/rate-cards.md</c> describes the shape and <c>docs/rate-card.schema.json</c> is its JSON schema. Numbers
/// keep every digit. Unknown names, duplicate names and values that are invalid are faults, all reported together.
/// </remarks>
public static class RateCardJson
{
    /// <summary>The largest text that is read, in bytes: 64 MiB, many times the largest public price table.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The name of the object, and of the configuration section, that holds all of the library's settings.</summary>
    internal const string SectionName = "LlmCostModel";

    private const int MaxDepth = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static readonly JsonDocumentOptions Json = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads rate cards from UTF-8 text.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <param name="name">What to call the text in faults, and a card without a name of its own; usually the file name.</param>
    /// <returns>The cards, valid each and together.</returns>
    /// <exception cref="RateCardException">The text is not valid JSON, too large or too deep, or something in it is invalid; the message
    /// lists every fault.</exception>
    public static IReadOnlyList<RateCard> Parse(ReadOnlyMemory<byte> utf8Json, string name) =>
        Parse(utf8Json, name, findsSuspicions: false, out _);

    /// <summary>Reads rate cards from UTF-8 text and tells what is suspicious.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <param name="name">What to call the text in faults, and a card without a name of its own; usually the file name.</param>
    /// <param name="warnings">What may be meant but is more often a mistake; empty when there is nothing.</param>
    /// <returns>The cards, valid each and together.</returns>
    /// <exception cref="RateCardException">The text is not valid JSON, too large or too deep, or something in it is invalid; the message
    /// lists every fault.</exception>
    public static IReadOnlyList<RateCard> Parse(ReadOnlyMemory<byte> utf8Json, string name, out IReadOnlyList<InputFault> warnings) =>
        Parse(utf8Json, name, findsSuspicions: true, out warnings);

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte}, string)"/>
    /// <param name="json">The text.</param>
    /// <param name="name">What to call the text in faults, and a card without a name of its own; usually the file name.</param>
    public static IReadOnlyList<RateCard> Parse(string json, string name) => Parse(ToUtf8(json, name), name);

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte}, string, out IReadOnlyList{InputFault})"/>
    /// <param name="json">The text.</param>
    /// <param name="name">What to call the text in faults, and a card without a name of its own; usually the file name.</param>
    /// <param name="warnings">What may be meant but is more often a mistake; empty when there is nothing.</param>
    public static IReadOnlyList<RateCard> Parse(string json, string name, out IReadOnlyList<InputFault> warnings) =>
        Parse(ToUtf8(json, name), name, out warnings);

    /// <summary>Reads one rate card that was checked when it was written, fast: of each model the names now, its prices when they are
    /// first asked for. <see cref="Parse(ReadOnlyMemory{byte}, string)"/> is for all other text.</summary>
    /// <param name="utf8Json">The text of one card, without comments; it is kept, and must not change.</param>
    /// <param name="name">What to call the text in faults, and a card without a name of its own; usually the file name.</param>
    /// <returns>The card. What it holds is checked no further than its reading needs.</returns>
    /// <exception cref="RateCardException">The text is not valid JSON, or what the card says once for its models is invalid. A model that
    /// is not valid makes this exception where its prices are asked for.</exception>
    public static RateCard ParseDeferred(ReadOnlyMemory<byte> utf8Json, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        try
        {
            return new DeferredCards(name).Read(utf8Json);
        }
        catch (JsonException exception)
        {
            throw new RateCardException($"{name}: is not valid JSON: {JsonFaultText.Of(exception)}", exception);
        }
    }

    private static ImmutableArray<RateCard> Parse(
        ReadOnlyMemory<byte> utf8Json,
        string name,
        bool findsSuspicions,
        out IReadOnlyList<InputFault> warnings)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        FaultList faults = new();
        ImmutableArray<RateCard> cards = Read(utf8Json, name, faults);
        new RateCardValidator(faults, findsSuspicions).Validate(cards);
        if (faults.HasErrors)
        {
            throw new RateCardException([.. faults.All.Where(fault => !fault.IsWarning)]);
        }

        warnings = faults.All;
        return cards;
    }

    /// <summary>Writes rate cards as text that <see cref="Parse(ReadOnlyMemory{byte}, string)"/> reads back.</summary>
    /// <param name="cards">The cards. One becomes the document itself, several a dictionary by <see cref="RateCard.Name"/>.</param>
    /// <returns>UTF-8 text; prices with all their digits.</returns>
    public static byte[] Write(params RateCard[] cards) => Write((IReadOnlyList<RateCard>)cards);

    /// <inheritdoc cref="Write(RateCard[])"/>
    public static byte[] Write(IReadOnlyList<RateCard> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        ArrayBufferWriter<byte> buffer = new();
        using (
            Utf8JsonWriter json = new(
                buffer,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            ))
        {
            RateCardWriter writer = new(json);
            if (cards.Count == 1)
            {
                writer.Write(cards[0]);
            }
            else
            {
                json.WriteStartObject();
                foreach (RateCard card in cards)
                {
                    json.WritePropertyName(card.Name);
                    writer.Write(card);
                }

                json.WriteEndObject();
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads rate cards from a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The cards, valid each and together.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="RateCardException">The text is not valid JSON, too large or too deep, or something in it is invalid; the message
    /// lists every fault.</exception>
    public static IReadOnlyList<RateCard> Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string name = Path.GetFileName(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            // Counted as it is read: a pipe has no length, and a file may grow meanwhile.
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxBytes)
            {
                throw TooLarge(name, Math.Max(bytes.Length, file.CanSeek ? file.Length : 0));
            }
        }

        return Parse(bytes.ToArray(), name);
    }

    private static ImmutableArray<RateCard> Read(ReadOnlyMemory<byte> utf8Json, string name, FaultList faults)
    {
        using JsonDocument document = Open(utf8Json, name);
        ConfigNode node = Unwrapped(document, name);
        foreach (ConfigNode other in node["RateCards"] is null
                ? []
                : node.Children.Where(child => !child.Key.Equals("RateCards", StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add(
                other.Path,
                null,
                "is not part of a rate card.",
                "Read the file with LlmCostModelOptions.AddJson, which takes overlays and deployments too.");
        }

        return Cards(node["RateCards"] ?? node, name, faults);
    }

    internal static ImmutableArray<RateCard> Cards(ConfigNode node, string name, FaultList faults)
    {
        RateCardReader reader = new(faults);
        return node["Models"] is not null || node["Currency"] is not null
            ? [reader.ReadCard(node, Path.GetFileNameWithoutExtension(name))]
            :
            [
                .. new ValueReader(faults).ReadParts(node, "a set of rate cards by name").Where(child => child.Key != "$schema")
                    .Select(child => reader.ReadCard(child, child.Key)),
            ];
    }

    internal static ConfigNode Unwrapped(JsonDocument document, string name)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new RateCardException(
                $"{name}: is {JsonWords.Of(document.RootElement.ValueKind)}, not a rate card. Write an object with Currency and Models.");
        }

        try
        {
            ConfigNode root = ConfigNode.From(document.RootElement, name);
            return root[SectionName] ?? root;
        }
        catch (InvalidOperationException exception)
        {
            throw NotUnicode(name, exception);
        }
    }

    internal static JsonDocument Open(ReadOnlyMemory<byte> utf8Json, string name)
    {
        if (utf8Json.Length > MaxBytes)
        {
            throw TooLarge(name, utf8Json.Length);
        }

        ReadOnlyMemory<byte> text = utf8Json.Span.StartsWith(ByteOrderMark) ? utf8Json[ByteOrderMark.Length..] : utf8Json;
        try
        {
            return JsonDocument.Parse(text, Json);
        }
        catch (InvalidOperationException exception)
        {
            throw NotUnicode(name, exception);
        }
        catch (JsonException exception)
        {
            throw new RateCardException($"{name}: is not valid JSON: {JsonFaultText.Of(exception)}", exception);
        }
    }

    internal static byte[] ToUtf8(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return StrictUtf8.GetBytes(json);
        }
        catch (EncoderFallbackException exception)
        {
            throw NotUnicode(name, exception);
        }
    }

    private static RateCardException NotUnicode(string name, Exception exception) => new(
        $"{name}: holds a text that is not Unicode: bytes that are not UTF-8, or half of a pair such as \\ud83d. Save the file as UTF-8.",
        exception);

    private static RateCardException TooLarge(string name, long bytes) =>
        new($"{name}: has {bytes} bytes; at most {MaxBytes} are read. Split the file.");
}
