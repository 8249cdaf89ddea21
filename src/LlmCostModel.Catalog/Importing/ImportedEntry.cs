using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>One entry of a price table while it is being read.</summary>
internal sealed class ImportedEntry(string id, string provider, string modelId)
{
    private readonly List<ImportedVersion> _versions = [];

    internal string Id => id;

    /// <summary>The provider, by its name in the built-in catalog when that has one.</summary>
    internal string Provider { get; } = TableProviders.NameOf(provider);

    internal string ModelId => modelId;

    /// <summary>Another id of the same model; <see langword="null"/> when the table has none.</summary>
    internal string? Alias { get; set; }

    /// <summary>Whether the table says that the model was, or will be, retired; its day when it states one.</summary>
    internal (bool IsSaid, DateTimeOffset? From) Retired { get; set; }

    internal string? Refusal { get; private set; }

    internal List<ImportLoss> Losses { get; } = [];

    internal IReadOnlyList<ImportedVersion> Versions => _versions;

    internal void Refuse(string why) => Refusal ??= why;

    /// <summary>Reads the entry. One that is not written as its format has it is refused; the others of the table are not touched by
    /// it.</summary>
    internal ImportedEntry Read(Action<ImportedEntry> read)
    {
        try
        {
            read(this);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or FormatException or OverflowException)
        {
            Refuse($"is not written as the format has it: {TableJson.Describe(exception)}");
        }

        return this;
    }

    internal void Lose(string what, string why) => Losses.Add(new ImportLoss(id, what, why));

    internal ImportedVersion AddVersion(DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        _versions.Add(new ImportedVersion { From = from, Until = until });
        return _versions[^1];
    }

    /// <summary>Reads a price exactly and scales it; floating-point noise is removed and reported, what cannot be a price is reported and
    /// left out.</summary>
    /// <param name="what">The field, for the report.</param>
    /// <param name="element">A JSON number, or a number as text.</param>
    /// <param name="scale">From the table's unit to ours.</param>
    internal decimal? Price(string what, JsonElement element, decimal scale)
    {
        string? text = element.ValueKind switch
        {
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.String => element.GetString(),
            _ => null,
        };
        if (element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text is null || !decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal value))
        {
            Lose(what, $"'{element.GetRawText()}' is not a number");
            return null;
        }

        if (value < 0)
        {
            Lose(what, $"{text} is negative: a sign for a price that is not fixed");
            return null;
        }

        decimal cleaned = FloatNoise.Clean(value);
        if (cleaned != value)
        {
            Lose(what, string.Create(CultureInfo.InvariantCulture, $"{text} is noise of binary floating point; read as {cleaned}"));
        }

        return cleaned * scale;
    }

    internal ModelPricing ToPricing() =>
        new()
        {
            Id = modelId,
            Aliases = Alias is null ? [] : [Alias],
            Versions = [.. _versions.Select(version => version.ToVersion())],
        };
}
