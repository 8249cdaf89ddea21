using System.Text.Json;

namespace LlmCostModel;

/// <content>Usage beside the usage of the body: that of the provider within a library's, of the calls of a run, of several
/// models.</content>
internal ref partial struct FieldExtractor
{
    private void ReadPart(ApiField field, ref RawUsage raw)
    {
        switch (field.Kind)
        {
            case FieldKind.Steps:
                ReadParts(CallRole.Step, ref raw);
                break;
            case FieldKind.Breakdown:
                ReadParts(CallRole.OtherModel, ref raw);
                break;
            case FieldKind.Generations:
                ReadGenerations(ref raw);
                break;
            case FieldKind.DataOrObject:
                raw.Set(field.Stated, checked(raw[field.Stated] + ReadData(ref raw)));
                break;
            case FieldKind.Whole:
                raw.Whole = new(ReadApart(field));
                break;

            // An answer of the provider within what a library says of it, or a wrapper as any other.
            case FieldKind.Body when ApiDetector.Family(in raw) == 0:
                ReadObject(field.Into, field.Name, ref raw);
                break;
            default:
                RawUsage own = ReadApart(field);
                own.Marks |= field.Into == JsonScope.Usage ? ApiEvidence.Usage : ApiEvidence.None;
                own.Marks |= (field.Marks & ApiEvidence.CacheApart) != 0 ? ApiEvidence.MessageType : ApiEvidence.None;
                raw.Own = new(own);
                break;
        }
    }

    /// <summary>Reads an object by itself, with ids and instants of its own.</summary>
    private RawUsage ReadApart(ApiField field)
    {
        (int idDepth, int atDepth) = (_idDepth, _atDepth);
        (_idDepth, _atDepth) = (0, 0);
        RawUsage one = default;
        ReadObject(field.Into, field.Name, ref one);
        one.ForgetEmptyTotal();
        (_idDepth, _atDepth) = (idDepth, atDepth);
        return one;
    }

    private void ReadParts(CallRole role, ref RawUsage raw)
    {
        (raw.Parts, raw.RoleOfParts) = ([], role);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.StartObject)
            {
                // Steps of Interactions are what the answer consists of, not calls of a model.
                Utf8JsonReader step = _json;
                ForgetItem();
                ReadObject(JsonScope.OutputItem, "", ref raw);
                CountItem(ref raw.ItemCounts, isWhole: true, ref raw);
                _json = step;
                raw.Parts!.Add(new(ReadApart(Part)));
            }
            else
            {
                _json.Skip();
            }
        }
    }

    /// <summary>The answers to one prompt say what it used themselves; of those to several, only the sum is read.</summary>
    private void ReadGenerations(ref RawUsage raw)
    {
        int end = _json.CurrentDepth;
        Utf8JsonReader ahead = _json;
        long prompts = 0;
        while (ahead.Read() && ahead.CurrentDepth > end)
        {
            prompts++;
            ahead.Skip();
        }

        if (prompts > 1)
        {
            raw.Calls = prompts;
            return;
        }

        while (_json.Read() && _json.CurrentDepth > end)
        {
            if (_json.TokenType == JsonTokenType.StartObject && _json.CurrentDepth <= end + 2)
            {
                ReadObject(JsonScope.Root, "", ref raw);
            }
        }
    }

    /// <summary>How many entries a list has; of images each is an address or the image itself.</summary>
    private long ReadData(ref RawUsage raw)
    {
        long count = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            count++;
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                _json.Skip();
                continue;
            }

            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                bool isImage = _json.ValueTextEquals("url"u8) || _json.ValueTextEquals("b64_json"u8);
                raw.Marks |= isImage ? ApiEvidence.ImageBody | ApiEvidence.ImageList : ApiEvidence.None;
                _json.Read();
                _json.Skip();
            }
        }

        return count;
    }

    private static readonly ApiField Part = new("", FieldKind.PassedOn, into: JsonScope.Root);
}
