using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;

namespace LlmCostModel;

/// <summary>Distinguishes calls that cost nothing, because they were refused (HTTP 400 to 499) or never sent, from those that may have
/// run.</summary>
internal static class CallFailure
{
    /// <summary>How libraries without a status in their exceptions say that a request was refused.</summary>
    private static readonly (string Type, string Text)[] Refusals =
    [
        ("OllamaSharp.Models.Exceptions.", ""), // for HTTP 400 alone, read in OllamaSharp 5.5.2, EnsureSuccessStatusCodeAsync
        ("System.Net.Http.HttpRequestException", "with HTTP status code: "), // Mistral.SDK 2.3.1, EndpointBase.GetErrorMessage
    ];

    /// <param name="failure">What the call failed with.</param>
    /// <param name="wasCancelled">Whether the caller had given up before the call began.</param>
    internal static bool CostsNothing(Exception failure, bool wasCancelled) => failure switch
    {
        AggregateException { InnerExceptions.Count: > 0 } all => all.InnerExceptions.All(one => CostsNothing(one, wasCancelled)),
        OperationCanceledException => wasCancelled,
        ArgumentException => true, // the client did not accept what it was to send
        AuthenticationException => true, // no connection, or no key
        _ => IsRefused(failure) || WasNotSent(failure),
    };

    private static bool IsRefused(Exception failure)
    {
        for (Exception? one = failure; one is not null; one = one.InnerException)
        {
            if (StatusOf(one) is { } status)
            {
                return status is >= 400 and < 500;
            }
        }

        string type = failure.GetType().FullName ?? "";
        foreach ((string prefix, string text) in Refusals)
        {
            if (type.StartsWith(prefix, StringComparison.Ordinal) && (text.Length == 0 || NamesRefusal(failure.Message, text)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool NamesRefusal(string message, string text)
    {
        int at = message.IndexOf(text, StringComparison.Ordinal);
        ReadOnlySpan<char> name = at < 0 ? default : message.AsSpan(at + text.Length);
        int end = name.IndexOf('.');
        return Enum.TryParse(end < 0 ? name : name[..end], out HttpStatusCode status) && (int)status is >= 400 and < 500;
    }

    /// <summary>The address has no host, or nobody there answers: nothing was received.</summary>
    private static bool WasNotSent(Exception failure)
    {
        for (Exception? one = failure; one is not null; one = one.InnerException)
        {
            if (one is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError,
                }
                or SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The HTTP status that an exception states: HttpRequestException, Azure's RequestFailedException, AmazonServiceException,
    /// those of Anthropic, Google, Mscc and others all have a property of one of these names.</summary>
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2075",
        Justification = "Where the property was trimmed, it is not known whether the call is billed: never free.")]
    private static int? StatusOf(Exception failure)
    {
        if (failure is HttpRequestException http)
        {
            return (int?)http.StatusCode;
        }

        if (failure.GetType().Assembly == typeof(Exception).Assembly)
        {
            return null;
        }

        foreach (string name in (ReadOnlySpan<string>)["StatusCode", "Status", "HttpStatusCode", "Code"])
        {
            PropertyInfo? property = failure.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance);
            if (property is { CanRead: true } && property.GetIndexParameters().Length == 0 && property.GetValue(failure) is { } value)
            {
                int? status = value switch
                {
                    int number => number,
                    HttpStatusCode code => (int)code,
                    _ => null,
                };
                if (status is >= 100 and < 600)
                {
                    return status;
                }
            }
        }

        return null;
    }
}
