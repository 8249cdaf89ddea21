using System.Globalization;

namespace LlmCostModel.Catalog;

/// <summary>Downloads bytes within bounds: so many, in so much time, from one server.</summary>
internal static class CatalogDownload
{
    /// <summary>The most that a download takes where the client sets no shorter time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    internal static bool IsTrusted(Uri source) =>
        source.IsAbsoluteUri && (source.Scheme == Uri.UriSchemeHttps || (source.Scheme == Uri.UriSchemeHttp && source.IsLoopback));

    /// <summary>An address as messages may show it: without user, password, query and fragment, which may be secret.</summary>
    internal static string Show(Uri address) =>
        address.IsAbsoluteUri
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                + (address.Query.Length > 0 ? "?..." : "")
            : "a relative address";

    /// <exception cref="HttpRequestException">Whatever goes wrong on the way.</exception>
    /// <exception cref="RateCardException">There are too many bytes.</exception>
    internal static async Task<byte[]> ReadAsync(HttpClient client, Uri source, CancellationToken cancellationToken)
    {
        // The client's own timeout ends with the headers: a body that trickles would take for ever.
        TimeSpan limit = client.Timeout > TimeSpan.Zero && client.Timeout < Longest ? client.Timeout : Longest;
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            return await ReadBodyAsync(client, source, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw Failed(source, string.Create(CultureInfo.InvariantCulture, $"it took longer than {limit.TotalSeconds} s."), exception);
        }
        catch (Exception exception) when (exception is not RateCardException)
        {
            // The handlers of a client may be anybody's: a failed redirect, a broken connection, a circuit breaker.
            throw Failed(source, exception.Message, exception);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpClient client, Uri source, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client
            .GetAsync(source, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (response.RequestMessage?.RequestUri is { } final && !IsSameServer(source, final))
        {
            throw new HttpRequestException(
                $"it was redirected to {Show(final)}, which was not asked for. Give that address if you trust it.");
        }

        response.EnsureSuccessStatusCode();
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await BoundedRead.ReadAsync(body, CatalogFile.MaxBytes, Show(source), cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsSameServer(Uri source, Uri final) =>
        Uri.Compare(source, final, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static HttpRequestException Failed(Uri source, string reason, Exception cause) =>
        new(
            (cause as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown,
            $"{Show(source)}: the download failed: {reason}",
            cause,
            (cause as HttpRequestException)?.StatusCode);
}
