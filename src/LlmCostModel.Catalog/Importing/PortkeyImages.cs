using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads the prices of images in Portkey's files: by quality, then by size, each with a default; in US cents.</summary>
internal static class PortkeyImages
{
    private const string Default = "default";
    private const string Meter = "Image";

    internal static void Read(ImportedEntry entry, ImportedVersion version, JsonElement qualities)
    {
        foreach (JsonProperty quality in qualities.EnumerateObject())
        {
            if (quality.Value.ValueKind != JsonValueKind.Object)
            {
                entry.Lose($"image.{quality.Name}", "is written otherwise than by size");
                continue;
            }

            foreach (JsonProperty size in quality.Value.EnumerateObject())
            {
                string what = $"image.{quality.Name}.{size.Name}";
                if (size.Value.ValueKind == JsonValueKind.Object
                    && size.Value.TryGetProperty("price", out JsonElement price)
                    && entry.Price(what, price, 0.01m) is { } amount)
                {
                    Set(version, quality.Name, size.Name, new MeterPrice { Price = amount });
                }
                else
                {
                    entry.Lose(what, "is written otherwise than with a price");
                }
            }
        }
    }

    private static void Set(ImportedVersion version, string quality, string size, MeterPrice price)
    {
        PriceCondition when = PriceCondition.Always;
        if (quality != Default)
        {
            when = when with { Attributes = when.Attributes.SetItem("quality", [quality]) };
        }

        if (size != Default)
        {
            when = when with { Attributes = when.Attributes.SetItem("size", [size]) };
        }

        if (when.Attributes.Count == 0)
        {
            version.Set(Meter, price);
        }
        else
        {
            version.SetIn(string.Join(' ', new[] { quality, size }.Where(part => part != Default)), when, Meter, price);
        }
    }
}
