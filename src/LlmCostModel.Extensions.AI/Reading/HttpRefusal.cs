using System.ClientModel;

namespace LlmCostModel.Extensions.AI;

/// <summary>Distinguishes requests that a provider turned down, which it does not bill, from those that may have run, by the exceptions
/// whose types are known here. <see cref="CallFailure"/> knows those of others.</summary>
internal static class HttpRefusal
{
    internal static bool IsRefusedByProvider(Exception failure) => failure is ClientResultException { Status: >= 400 and < 500 };
}
