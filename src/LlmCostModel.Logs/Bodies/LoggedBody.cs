using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads the provider's response that a gateway keeps in its log.</summary>
internal static class LoggedBody
{
    /// <summary>Reads it.</summary>
    /// <param name="body">The response.</param>
    /// <param name="request">The request, which may say more; <see langword="null"/> when it is not there.</param>
    /// <returns>The call; <see langword="null"/> when the body is not a response that states its usage: the gateway may have shortened
    /// it.</returns>
    public static ModelCall? TryRead(JsonElement body, RecordFields? request)
    {
        try
        {
            ModelCall call = ModelCall.FromResponse(body);
            return call.Reading.Status == UsageStatus.Unknown ? null
                : request is { } asked ? call.WithRequest(JsonMarshal.GetRawUtf8Value(asked.Record))
                : call;
        }
        catch (UsageFormatException exception) when (exception.Kind == UsageFaultKind.NotRecognized)
        {
            return null;
        }
    }
}
