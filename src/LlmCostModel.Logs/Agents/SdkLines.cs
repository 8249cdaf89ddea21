using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmCostModel.Logs;

/// <summary>Reads the parts of the AI SDK's streams, one a line: each step is a call, and the end repeats their sum.</summary>
/// <remarks><c>finish-step</c> and <c>finish</c> of vercel/ai, packages/ai/src/generate-text/stream-text-result.ts; in version 4
/// <c>step-finish</c>. Read 2026-11-26.</remarks>
internal sealed class SdkLines
{
    private static readonly string[] WithoutCall =
    [
        "start-step", "step-start", "text-start", "text-delta", "text-end", "reasoning-start", "reasoning-delta", "reasoning-end",
        "reasoning-signature", "tool-input-start", "tool-input-delta", "tool-input-end", "tool-call", "tool-call-delta",
        "tool-call-streaming-start", "tool-result", "tool-error", "tool-output-denied", "tool-approval-request",
    ];

    private static readonly string[] Usages = ["usage", "totalUsage"];

    private long _input;
    private long _output;
    private string? _model;
    private bool _hasSteps;

    /// <summary>Reads a part; <see langword="null"/> when it is to be read by itself, or is none.</summary>
    public SessionLine? Read(string type, JsonElement line)
    {
        if (type is "finish-step" or "step-finish" && line.Object("usage") is { } step)
        {
            (_input, _output) = (checked(_input + Count(step, "input")), checked(_output + Count(step, "output")));
            (_hasSteps, _model) = (true, line.Object("response")?.Text("modelId") ?? _model);
            return null;
        }

        if (type == "finish" && _hasSteps && (line.Object("totalUsage") ?? line.Object("usage")) is { } total)
        {
            (long input, long output) = (Math.Max(0, Count(total, "input") - _input), Math.Max(0, Count(total, "output") - _output));
            (_input, _output, _hasSteps) = (0, 0, false);
            return input + output == 0 ? default(SessionLine) : new SessionLine(Body(input, output), null, FormattableString.Invariant(
                $"The end of the stream states {input} input and {output} output tokens more than its steps. ")
                + "Of which calls they are, is not known.");
        }

        bool isQuiet = WithoutCall.Contains(type) || type is "start" or "finish" or "abort";
        return isQuiet && !Usages.Any(name => line.TryGetProperty(name, out _)) && !line.TryGetProperty("message", out _)
            ? default(SessionLine)
            : null;
    }

    /// <summary>By the names of version 5, or of 4.</summary>
    private static long Count(JsonElement usage, string side) =>
        usage.TryGetProperty($"{side}Tokens", out JsonElement value)
            || usage.TryGetProperty(side == "input" ? "promptTokens" : "completionTokens", out value)
                ? value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) ? Math.Max(0, count) : 0
                : 0;

    private byte[] Body(long input, long output) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["usage"] = new JsonObject { ["inputTokens"] = input, ["outputTokens"] = output, ["totalTokens"] = input + output },
        ["response"] = new JsonObject { ["modelId"] = _model },
    }.ToJsonString());
}
