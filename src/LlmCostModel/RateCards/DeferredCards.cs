using System.Collections.Immutable;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Reads rate cards that were checked before: of each model the names now, the rest when it is asked for.</summary>
/// <param name="name">What to call the text in faults.</param>
internal sealed class DeferredCards(string name)
{
    private static ReadOnlySpan<byte> NoModels => "{}"u8;

    /// <exception cref="RateCardException">The card itself is invalid.</exception>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    internal RateCard Read(ReadOnlyMemory<byte> json)
    {
        SharedDefaults shared = new();
        (ImmutableArray<ModelPricing> models, Range text) =
            FindModels(json, shared) ?? throw new RateCardException($"{name}: has no Models.");

        // The card without its models is small, and read as every card is.
        byte[] shell = [.. json.Span[..text.Start.Value], .. NoModels, .. json.Span[text.End.Value..]];
        FaultList faults = new();
        using JsonDocument document = JsonDocument.Parse(shell);
        RateCard card = new RateCardReader(faults).ReadCard(
            ConfigNode.From(document.RootElement, name),
            Path.GetFileNameWithoutExtension(name),
            defaults =>
            {
                shared.Card = defaults;
                return models;
            });
        return faults.HasErrors ? throw new RateCardException(faults.All) : card;
    }

    /// <summary>The models of a card, and where they stand; the text is walked once.</summary>
    private (ImmutableArray<ModelPricing> Models, Range Text)? FindModels(ReadOnlyMemory<byte> json, SharedDefaults shared)
    {
        Utf8JsonReader reader = new(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isFound = reader.ValueTextEquals("Models"u8);
            reader.Read();
            if (isFound)
            {
                int start = (int)reader.TokenStartIndex;
                ImmutableArray<ModelPricing> models = ReadModels(ref reader, json, shared);
                return (models, start..(int)reader.BytesConsumed);
            }

            reader.Skip();
        }

        return null;
    }

    private ImmutableArray<ModelPricing> ReadModels(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, SharedDefaults shared)
    {
        ImmutableArray<ModelPricing>.Builder models = ImmutableArray.CreateBuilder<ModelPricing>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            (string id, ImmutableArray<string> aliases) = ReadNames(ref reader, key);
            ReadOnlyMemory<byte> own = json[start..(int)reader.BytesConsumed];
            models.Add(new ModelPricing(id, aliases, new DeferredModel(() => ReadModel(own, key, shared.Card))));
        }

        return models.DrainToImmutable();
    }

    /// <summary>The names of a model; the reader is left at its end.</summary>
    private static (string Id, ImmutableArray<string> Aliases) ReadNames(ref Utf8JsonReader reader, string key)
    {
        string id = key;
        ImmutableArray<string> aliases = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("Id"u8);
            bool isAliases = reader.ValueTextEquals("Aliases"u8);
            reader.Read();
            if (isId)
            {
                id = reader.GetString()!;
            }
            else if (isAliases)
            {
                aliases = ReadTexts(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (id, aliases);
    }

    private static ImmutableArray<string> ReadTexts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return [reader.GetString()!];
        }

        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        return texts.DrainToImmutable();
    }

    private ModelPricing ReadModel(ReadOnlyMemory<byte> json, string key, CardDefaults shared)
    {
        FaultList faults = new();
        using JsonDocument document = JsonDocument.Parse(json);
        ModelPricing model = new RateCardReader(faults).ReadModel(ConfigNode.From(document.RootElement, $"{name}:Models:{key}"), shared);
        return faults.HasErrors ? throw new RateCardException(faults.All) : model;
    }

    /// <summary>What the card says of all models, which may stand behind them.</summary>
    private sealed class SharedDefaults
    {
        internal CardDefaults Card { get; set; } = CardDefaults.None;
    }
}
