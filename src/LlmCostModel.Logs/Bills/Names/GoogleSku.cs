using System.Text.RegularExpressions;

namespace LlmCostModel.Logs;

/// <summary>Reads SKUs of the Gemini API and Vertex AI: <c>Generate content input token count gemini 2.5 flash short input text</c> is
/// input of gemini-2.5-flash.</summary>
/// <remarks>https://cloud.google.com/skus?filter=gemini, and invoices of 2026. The words of the model are its id with blanks; all other
/// words must be known. An id of the Gemini API may be one of a preview, which the SKU does not say: then it is not known.</remarks>
internal static partial class GoogleSku
{
    /// <summary>Reads the description of a SKU; <see langword="null"/> when it is not tokens of a model, or says something that is not
    /// known.</summary>
    /// <param name="description">The description.</param>
    /// <param name="provider">Who bills: <c>google</c> or <c>vertex</c>.</param>
    public static ChargedTokens? Read(string description, string provider)
    {
        if (Shape().Match(description.ToLowerInvariant()) is not { Success: true } match)
        {
            return null;
        }

        string[] marks = [.. match.Groups["mark"].Captures.Select(mark => mark.Value)];
        string modality = match.Groups["modality"].Success ? match.Groups["modality"].Value
            : marks.FirstOrDefault(mark => mark is "audio" or "image" or "video") ?? "text";
        bool isCached = match.Groups["cached"].Success || marks.Contains("caching");
        TokenBucket? bucket = (match.Groups["side"].Value, modality, isCached) switch
        {
            ("input", "text", false) => TokenBucket.Input,
            ("input", "text", true) => TokenBucket.CacheRead,
            ("input", "audio", false) => TokenBucket.AudioInput,
            ("input", "audio", true) => TokenBucket.AudioCacheRead,
            ("input", "image", false) => TokenBucket.ImageInput,
            ("input", "image", true) => TokenBucket.ImageCacheRead,
            ("input", "video", false) => TokenBucket.VideoInput,
            ("input", "video", true) => TokenBucket.VideoCacheRead,
            ("output", "text", false) => TokenBucket.Output,
            ("output", "audio", false) => TokenBucket.AudioOutput,
            ("output", "image", false) => TokenBucket.ImageOutput,
            _ => null,
        };
        string? tier = marks.FirstOrDefault(mark => mark is ServiceTiers.Batch or ServiceTiers.Flex or ServiceTiers.Priority);
        return bucket is { } counted ? new(match.Groups["model"].Value.Replace(' ', '-'), provider, counted, tier, null) : null;
    }

    [GeneratedRegex(
        "^(?:generate[ _]?content|embedcontent) (?:(?<cached>cached) )?(?:(?<modality>text|audio|image|video) )?(?:(?<cached>cached) )?"
        + "(?:(?<modality>text|audio|image|video) )?(?<side>input|output) token count (?:for )?(?<model>gem(?:ini|ma)[a-z0-9 .-]*?)"
        + "(?: (?<mark>short|input|output|text|audio|image|video|batch|flex|priority|caching|non-thinking|thinking))*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
