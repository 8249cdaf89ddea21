using System.Net.Http.Headers;

namespace LlmCostModel;

/// <summary>Reads the body of a request while it is sent. Never throws, and keeps little of it.</summary>
internal sealed class RequestBody
{
    private const int MaxKept = 1024 * 1024;

    private readonly JsonBody? _json;
    private readonly FormFields? _form;
    private RequestFacts? _facts;
    private bool _isBroken;

    private RequestBody(MediaTypeHeaderValue? type, int maxText)
    {
        if (type?.MediaType?.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
        {
            string? boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value?.Trim('"');
            _form = boundary is null ? null : new FormFields(boundary);
        }
        else
        {
            _json = new JsonBody(maxText, MaxKept, json => _facts ??= RequestReader.Read(json));
        }
    }

    /// <summary>Whether a byte was sent.</summary>
    internal bool WasSent { get; private set; }

    /// <summary>What it said; asked for when it was sent.</summary>
    internal RequestFacts Facts => _facts ??= Read();

    /// <summary>Makes a reader.</summary>
    /// <param name="headers">What the body is said to be.</param>
    /// <param name="operation">What is asked for: of a text to speak, the length counts.</param>
    internal static RequestBody Of(HttpContentHeaders headers, string? operation) =>
        new(headers.ContentType, operation == "speech" ? 64 * 1024 : 512);

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        WasSent |= !bytes.IsEmpty;
        if (_isBroken)
        {
            return;
        }

        try
        {
            _json?.Append(bytes);
            _form?.Append(bytes);
        }
        catch (Exception)
        {
            // The request is sent as it is; only what it asks for is not known.
            _isBroken = true;
        }
    }

    private RequestFacts Read()
    {
        if (_json is { Plain.IsEmpty: false })
        {
            RequestFacts facts = RequestReader.Read(_json.Plain);
            _json.Drop();
            return facts;
        }

        return _form?.ToFacts() ?? RequestFacts.None;
    }
}
