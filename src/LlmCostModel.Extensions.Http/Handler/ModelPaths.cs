namespace LlmCostModel;

/// <summary>Which requests are calls of a model, by the paths of the providers' references.</summary>
internal static class ModelPaths
{
    private static readonly (string End, string Operation)[] Calls =
    [
        ("/chat/completions", "chat"),
        ("/completions", "chat"),
        ("/responses", "chat"),
        ("/responses/compact", "chat"),
        ("/messages", "chat"),
        ("/interactions", "chat"),
        (":generateContent", "chat"),
        (":streamGenerateContent", "chat"),
        (":rawPredict", "chat"),
        (":streamRawPredict", "chat"),
        ("/converse", "chat"),
        ("/converse-stream", "chat"),
        ("/invoke", "chat"),
        ("/invoke-with-response-stream", "chat"),
        ("/invocations", "chat"),
        ("/cortex/inference:complete", "chat"),
        ("/v1/chat", "chat"),
        ("/v2/chat", "chat"),
        ("/api/chat", "chat"),
        ("/api/generate", "chat"),
        ("/runs", "chat"),
        ("/embeddings", "embeddings"),
        ("/api/embed", "embeddings"),
        ("/v1/embed", "embeddings"),
        ("/v2/embed", "embeddings"),
        (":embedContent", "embeddings"),
        (":batchEmbedContents", "embeddings"),
        ("/rerank", "rerank"),
        ("/images/generations", "image"),
        ("/images/edits", "image"),
        ("/images/variations", "image"),
        ("/audio/transcriptions", "transcription"),
        ("/audio/translations", "transcription"),
        ("/audio/speech", "speech"),
        ("/ocr", "ocr"),
    ];

    /// <summary>Answers with counts that nobody bills, or with sums of calls.</summary>
    private static readonly string[] NoCalls =
    [
        "count_tokens", ":counttokens", ":computetokens", "/input_tokens", "/tokenize", "/batches", ":batchgeneratecontent", "/files",
        "/fine_tuning", "/evals", "/usage", "/cancel", "/moderations",
    ];

    /// <summary>The segment before the name of a model or deployment.</summary>
    private static readonly string[] BeforeModel = ["deployments", "models", "model", "serving-endpoints"];

    /// <summary>The segment before the id of work that is asked for again until it is done.</summary>
    private static readonly string[] BeforeJob = ["responses", "runs", "interactions", "deferred-completion"];

    /// <summary>What a path asks for; <see langword="null"/> when it is none of a model.</summary>
    internal static string? OperationOf(string path)
    {
        string trimmed = path.TrimEnd('/');
        foreach ((string end, string operation) in Calls)
        {
            if (trimmed.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return operation;
            }
        }

        return null;
    }

    internal static bool IsNoCall(HttpMethod method, string path) =>
        (NoCalls.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase))
            || (path.Contains("/threads/", StringComparison.OrdinalIgnoreCase)
                && path.EndsWith("/messages", StringComparison.OrdinalIgnoreCase)))
        && JobOf(method, path) is null;

    /// <summary>The convention of the answers of an operation, for those that do not show it: pictures by the piece, counts whose names
    /// several share.</summary>
    internal static ApiFormat ApiOf(string path, string? operation) => operation switch
    {
        "image" => ApiFormat.OpenAIImages,
        "transcription" => ApiFormat.OpenAITranscriptions,
        "chat" when path.EndsWith("/messages", StringComparison.OrdinalIgnoreCase) => ApiFormat.AnthropicMessages,
        "chat" when path.EndsWith("/responses", StringComparison.OrdinalIgnoreCase) => ApiFormat.OpenAIResponses,
        _ => ApiFormat.Detect,
    };

    /// <summary>Whether a GET asks for what was put off (xAI): only one answer is given.</summary>
    internal static bool IsDeferred(string path) => path.Contains("/deferred-completion/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The model or deployment that the path names: <c>/openai/deployments/chat/...</c>, <c>/models/gemini-2.5-pro:...</c>,
    /// <c>/model/amazon.nova-pro-v1%3A0/converse</c>.</summary>
    internal static string? ModelOf(string path)
    {
        string[] segments = path.Split('/');
        for (int i = segments.Length - 2; i >= 0; i--)
        {
            if (BeforeModel.Contains(segments[i], StringComparer.OrdinalIgnoreCase) && segments[i + 1].Length > 0)
            {
                string name = segments[i + 1];
                int method = name.LastIndexOf(':');
                return Uri.UnescapeDataString(method > 0 && i == segments.Length - 2 ? name[..method] : name);
            }
        }

        return null;
    }

    /// <summary>The id of the work that a GET asks for, or that a POST cancels; <see langword="null"/> when it is something
    /// else.</summary>
    internal static string? JobOf(HttpMethod method, string path)
    {
        string[] segments = path.TrimEnd('/').Split('/');
        if (method == HttpMethod.Post && segments is [.. var before, var last] && last.Equals("cancel", StringComparison.OrdinalIgnoreCase))
        {
            segments = before;
        }
        else if (method != HttpMethod.Get)
        {
            return null;
        }

        return segments.Length > 1 && BeforeJob.Contains(segments[^2], StringComparer.OrdinalIgnoreCase) ? segments[^1] : null;
    }
}
