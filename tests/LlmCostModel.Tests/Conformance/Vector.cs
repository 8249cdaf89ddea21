using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LlmCostModel.Tests.Conformance;

/// <summary>A conformance vector: a call of a model of a rate card, and what it costs.</summary>
public sealed class Vector
{
    private readonly JsonElement _json;
    private readonly JsonElement _card;

    private Vector(string file, JsonElement json, JsonElement card)
    {
        File = file;
        _json = json;
        _card = card;
    }

    public string File { get; }

    public string Name => _json.GetProperty("name").GetString()!;

    public IEnumerable<int> Dimensions => _json.GetProperty("dimensions").EnumerateArray().Select(dimension => dimension.GetInt32());

    public string Model => _json.GetProperty("model").GetString()!;

    public JsonElement Expect => _json.GetProperty("expect");

    internal static string Folder => Path.Combine(AppContext.BaseDirectory, "vectors");

    internal static IEnumerable<Vector> All { get; } =
    [
        .. from path in Directory.EnumerateFiles(Folder, "*.json").Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
           let root = JsonDocument.Parse(System.IO.File.ReadAllBytes(path)).RootElement
           from vector in root.GetProperty("vectors").EnumerateArray()
           select new Vector(Path.GetFileName(path), vector, root.GetProperty("cards").GetProperty(vector.GetProperty("card").GetString()!)),
    ];

    public override string ToString() => Name;

    internal CostEstimator Estimator()
    {
        LlmCostModelOptions options = new();
        string overlays = _json.TryGetProperty("overlays", out JsonElement given) ? given.GetRawText() : "{}";
        options.AddJson(Encoding.UTF8.GetBytes($$"""{ "RateCards": { "card": {{_card.GetRawText()}} }, "Overlays": {{overlays}} }"""), Name);
        return new CostEstimator(options);
    }

    internal TokenUsage Usage()
    {
        TokenUsage usage = default;
        foreach (JsonProperty count in Members("usage"))
        {
            Assert.True(TokenBuckets.TryParse(count.Name, out TokenBucket bucket), $"{Name}: {count.Name} is no bucket");
            usage = usage.With(bucket, count.Value.GetInt64());
        }

        return usage;
    }

    internal MeteredQuantities? Meters() => Quantities(_json, "meters");

    internal CallContext Context()
    {
        if (!_json.TryGetProperty("context", out JsonElement context))
        {
            return default;
        }

        return new CallContext
        {
            At = Text(context, "at") is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null,
            Provider = Text(context, "provider"),
            Region = Text(context, "region"),
            Tier = Text(context, "tier"),
            Batch = context.TryGetProperty("batch", out JsonElement batch) && batch.GetBoolean(),
            Deployment = Text(context, "deployment"),
            Account = Text(context, "account"),
            IncludeAnnounced = context.TryGetProperty("includeAnnounced", out JsonElement announced) && announced.GetBoolean(),
            ConsumedBefore = Quantities(context, "consumedBefore"),
            Attributes = context.TryGetProperty("attributes", out JsonElement attributes)
                ? CallAttributes.Create([.. attributes.EnumerateObject().Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value.GetString()!))])
                : null,
        };
    }

    internal ExchangeRate? Conversion() => _json.TryGetProperty("convert", out JsonElement convert)
        ? new ExchangeRate
        {
            From = Text(convert, "from")!,
            To = Text(convert, "to")!,
            Rate = Number(convert.GetProperty("rate")),
            Date = DateOnly.Parse(Text(convert, "date")!, CultureInfo.InvariantCulture),
            Source = Text(convert, "source")!,
        }
        : null;

    internal static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static MeteredQuantities? Quantities(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement quantities)
        ? MeteredQuantities.Create([.. quantities.EnumerateObject().Select(quantity => KeyValuePair.Create(quantity.Name, Number(quantity.Value)))])
        : null;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private JsonElement.ObjectEnumerator Members(string name) => _json.TryGetProperty(name, out JsonElement element) ? element.EnumerateObject() : default;
}
