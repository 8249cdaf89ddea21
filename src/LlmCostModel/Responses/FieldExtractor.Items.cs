using System.Text;
using System.Text.Json;

namespace LlmCostModel;

/// <content>What an answer consists of: calls of tools that the provider ran are billed, or named.</content>
internal ref partial struct FieldExtractor
{
    private void ForgetItem()
    {
        _itemType = _itemName = _action = [];
        _isHosted = _isFailed = false;
        _queries = 0;
    }

    private void ReadItems(JsonScope scope, ref RawUsage raw)
    {
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                _json.Skip();
                continue;
            }

            raw.Marks |= scope == JsonScope.Content ? ApiEvidence.Content | ApiEvidence.Answer
                : scope == JsonScope.OutputItem ? ApiEvidence.Answer : ApiEvidence.None;
            ForgetItem();
            ReadObject(scope, "", ref raw);
            switch (scope)
            {
                case JsonScope.OutputItem:
                    CountItem(ref raw.ItemCounts, isWhole: true, ref raw);
                    break;
                case JsonScope.CalledTool:
                    _itemType = "tool-call"u8;
                    CountItem(ref raw.PieceCounts, isWhole: true, ref raw);
                    break;
                case JsonScope.ExecutedTool when !_itemType.IsEmpty && !HostedTools.AreFree(_itemType):
                    // Groq does not say which of its searches it was, and runs code by the hour: https://groq.com/pricing
                    NameCall("executed_tools", _itemType, ref raw);
                    break;
            }
        }
    }

    /// <summary>The parts of a part: only whether any has a text.</summary>
    private void ReadTexts(ref RawUsage raw)
    {
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(JsonScope.TextPart, "", ref raw);
            }
            else
            {
                _json.Skip();
            }
        }
    }

    /// <summary>A part of an answer in an event of its own.</summary>
    private void ReadPiece(ApiField field, ref RawUsage raw)
    {
        ForgetItem();
        ReadObject(field.Into, field.Name, ref raw);
        CountItem(ref raw.PieceCounts, isWhole: false, ref raw);
    }

    private readonly void CountItem(ref MeterCounts counts, bool isWhole, ref RawUsage raw)
    {
        // Opening a page that a search found is not a search: https://platform.openai.com/docs/guides/tools-web-search
        bool isOpening = !_action.IsEmpty && !Same(_action, "search"u8);
        if (_itemType.IsEmpty || (isOpening && Same(_itemType, "web_search_call"u8)))
        {
            return;
        }

        if (Same(_itemType, "google_search_call"u8))
        {
            CountQueries(ref counts, isWhole, ref raw);
            return;
        }

        if (_isFailed && _itemType.EndsWith("_tool_result"u8))
        {
            // "If an error occurs during web search, the web search will not be billed."
            // https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool
            counts.TakeBack(HostedTools.Find(_itemType[..^"_tool_result".Length]));
            return;
        }

        bool isNamed = Same(_itemType, "server_tool_use"u8) || Same(_itemType, "server_tool_call"u8)
            || Same(_itemType, "tool.execution"u8) || (_isHosted && Same(_itemType, "tool-call"u8));
        ReadOnlySpan<byte> tool =
            isNamed ? _itemName
            : Same(_itemType, "custom_tool_call"u8) && HostedTools.Find(_itemName) == StatedCount.XSearch ? _itemName
            : _itemType.EndsWith("_call"u8) ? _itemType
            : [];
        StatedCount stated = HostedTools.Find(tool);
        if (stated != StatedCount.None && _isFailed)
        {
            NameCall("output.failed", tool, ref raw); // whether it is billed is not documented
        }
        else if (stated != StatedCount.None)
        {
            counts[MeterCounts.IndexOf(stated)]++;
        }
        else if (!tool.IsEmpty && !HostedTools.AreFree(tool) && (isNamed || LikelyCounts.IsUnknownCall(tool)))
        {
            NameCall("output", tool, ref raw);
        }
    }

    private readonly void CountQueries(ref MeterCounts counts, bool isWhole, ref RawUsage raw)
    {
        counts[MeterCounts.IndexOf(StatedCount.GroundedQuery)] += _queries;
        if (isWhole && _queries == 0)
        {
            NameCall("output", _itemType, ref raw);
        }
    }

    private static void NameCall(string place, ReadOnlySpan<byte> tool, ref RawUsage raw)
    {
        const int Longest = 40;
        (raw.Unknown ??= new()).CountOne($"{place}.{Encoding.UTF8.GetString(tool[..Math.Min(tool.Length, Longest)])}");
    }

    /// <summary>Interactions: how often each tool of Google was used, https://ai.google.dev/api/interactions-api.</summary>
    private void ReadGroundingCounts(ApiField field, ref RawUsage raw)
    {
        RequireArray(field);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            RequireObject(field);
            ForgetItem();
            RawUsage one = default;
            ReadObject(JsonScope.GroundingCount, field.Name, ref one);
            raw.TakeDoubts(in one);
            long count = one[StatedCount.GroundedQuery];
            if (Same(_itemType, "google_search"u8))
            {
                raw.Set(StatedCount.GroundedQuery, checked(raw[StatedCount.GroundedQuery] + count));
            }
            else if (Same(_itemType, "google_maps"u8))
            {
                raw.Set(StatedCount.MapsGroundedPrompt, Math.Min(count, 1));
            }
            else if (count > 0)
            {
                string name = _itemType.IsEmpty ? "count" : Encoding.UTF8.GetString(_itemType);
                (raw.Unknown ??= new()).Add($"{field.Name}.{name}", count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private static bool Same(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(text, other);
}
