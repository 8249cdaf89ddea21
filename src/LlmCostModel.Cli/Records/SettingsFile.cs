using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads an <c>appsettings.json</c> into the keys and values that an application sees: comments and commas at ends are allowed,
/// names differ by more than case.</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="CliException">It is not such a file.</exception>
    public static Dictionary<string, string?> Read(string path, CommandHost host)
    {
        string shown = VisibleText.OneLine(path);
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.Bytes(path, host), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new CliException($"The file '{shown}' is not the settings of an application: it is a JSON "
                    + $"{document.RootElement.ValueKind.ToString().ToLowerInvariant()}, not an object.");
            }

            Add(document.RootElement, "", settings, shown);
            return settings;
        }
        catch (JsonException fault)
        {
            throw new CliException($"The file '{shown}' is not valid JSON: {JsonFaultText.Of(fault)}");
        }
    }

    private static void Add(JsonElement value, string key, Dictionary<string, string?> settings, string file)
    {
        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() > 0)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                Add(member.Value, Under(key, member.Name), settings, file);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Add(item, Under(key, index++.ToString(CultureInfo.InvariantCulture)), settings, file);
            }
        }
        else if (key.Length > 0 && !settings.TryAdd(key, TextOf(value)))
        {
            throw new CliException($"The file '{file}' states {VisibleText.OneLine(key)} twice. Names are the same in any case.");
        }
    }

    private static string Under(string key, string name) => key.Length == 0 ? name : ConfigurationPath.Combine(key, name);

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Object => null,
        JsonValueKind.Array => "",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
