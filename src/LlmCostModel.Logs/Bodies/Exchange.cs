using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>A request and its response as logs and proxies keep them, under the names that these use.</summary>
/// <param name="Request">The request; <see langword="null"/> when it is not there.</param>
/// <param name="Response">The response; <see langword="null"/> when it is not there, so that the record itself may be one.</param>
internal readonly record struct Exchange(JsonElement? Request, JsonElement? Response)
{
    private const int MostDeep = 3;

    private static readonly string[] Requests = ["request", "req", "modelInput"];

    private static readonly string[] Responses = ["response", "res"];

    private static readonly string[] Wrappers = ["body", "data", "payload"];

    /// <summary>Only bodies of providers have one of these at the top. What a model wrote stands deeper, or as a text.</summary>
    private static readonly string[] OfBodies = ["usage", "usageMetadata", "usage_metadata", "choices", "candidates", "content", "object"];

    public static Exchange Find(JsonElement root) => Find(root, 0);

    /// <summary>Reads a response with what is around it, or, where that hides it, the response itself.</summary>
    /// <exception cref="UsageFormatException">It cannot be read.</exception>
    public ModelCall Read(JsonElement root, ApiFormat api)
    {
        try
        {
            return ModelCall.FromResponse(root, api);
        }
        catch (UsageFormatException exception)
            when (exception.Kind == UsageFaultKind.NotRecognized && !IsError(root) && Response is { } response)
        {
            return ModelCall.FromResponse(WithTime(root, response), api);
        }
    }

    /// <summary>Says of a line of a platform's batch file that its prices are the maker's, unless the platform is named.</summary>
    public static string[] Hints(JsonElement root, CallContext asked) => asked.Provider is null && FindPlatform(root) is { } platform
        ? [$"Lines of batch files of {platform} are priced by their makers. Say --provider {platform}, and --region where prices differ."]
        : [];

    /// <summary>Who bills a line, where its shape is that of one platform alone: batch files of Bedrock
    /// (https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html) and of Vertex AI
    /// (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/batch-prediction-from-cloud-storage).</summary>
    private static string? FindPlatform(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? null
        : root.TryGetProperty("recordId", out _) && root.TryGetProperty("modelOutput", out _) ? "bedrock"
        : root.TryGetProperty("processed_time", out _) && root.TryGetProperty("response", out _) ? "vertex"
        : null;

    /// <summary>Adds to a call what only its request says.</summary>
    public ModelCall Complete(ModelCall call) =>
        Request is { } request ? call.WithRequest(JsonMarshal.GetRawUtf8Value(request)) : call;

    /// <summary>The response as the reader takes it, with the instant that was logged around it.</summary>
    private static string WithTime(JsonElement root, JsonElement response)
    {
        bool isTimed = root.TryGetProperty("timestamp", out JsonElement at) || root.TryGetProperty("created_at", out at);
        return $"{{{(isTimed ? $"\"timestamp\":{at.GetRawText()}," : "")}\"response\":{response.GetRawText()}}}";
    }

    private static bool IsError(JsonElement root) =>
        (root.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
        || (root.TryGetProperty("status", out JsonElement status) && status.ValueKind == JsonValueKind.Object);

    private static Exchange Find(JsonElement element, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        JsonElement? request = First(element, Requests) ?? (First(element, "input") is { } input && IsRequest(input) ? input : null);
        JsonElement? response = First(element, Responses)
            ?? (request is not null && First(element, "output") is { } output && IsBody(output) ? output : null);
        if (request is not null || response is not null)
        {
            return new(request is { } asked ? First(asked, "body") ?? asked : null, response);
        }

        foreach (string name in depth < MostDeep ? Wrappers : [])
        {
            if (First(element, name) is { } inner)
            {
                Exchange found = Find(inner, depth + 1);
                if (found != default)
                {
                    return found;
                }

                if (IsBody(inner))
                {
                    return new(null, inner);
                }
            }
        }

        return default;
    }

    private static JsonElement? First(JsonElement owner, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object)
            {
                return value;
            }
        }

        return null;
    }

    private static bool IsBody(JsonElement element) => OfBodies.Any(name => element.TryGetProperty(name, out _));

    private static bool IsRequest(JsonElement element) =>
        element.TryGetProperty("model", out _) || element.TryGetProperty("messages", out _) || element.TryGetProperty("contents", out _);
}
