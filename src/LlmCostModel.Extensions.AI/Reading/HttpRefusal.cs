using System.ClientModel;

namespace LlmCostModel.Extensions.AI;

/// <summary>Distinguishes requests that a provider turned down, which it does not bill, from those that may have run.</summary>
internal static class HttpRefusal
{
    internal static bool IsRefusedByProvider(Exception failure)
    {
        int? status = failure switch
        {
            ClientResultException client => client.Status,
            HttpRequestException http => (int?)http.StatusCode,
            { InnerException: HttpRequestException http } => (int?)http.StatusCode, // Anthropic's exceptions
            _ => null,
        };
        return status is >= 400 and < 500;
    }
}
