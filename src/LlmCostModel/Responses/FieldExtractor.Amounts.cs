using System.Text;
using System.Text.Json;

namespace LlmCostModel;

/// <content>Amounts of money, and lengths of time.</content>
internal ref partial struct FieldExtractor
{
    /// <summary>xAI: "cost in USD ticks", 1 USD = 10^10 ticks (https://docs.x.ai/docs/api-reference, proven by recorded bills).</summary>
    private const decimal TicksPerDollar = 10_000_000_000m;

    private void ReadMoney(ApiField field, ref RawUsage raw)
    {
        switch (field.Kind)
        {
            case FieldKind.Cost when _json.TokenType == JsonTokenType.StartObject:
                raw.Marks |= ApiEvidence.PerplexityCost;
                ReadObject(JsonScope.Cost, field.Name, ref raw);
                break;
            case FieldKind.Cost:
                // A number in the usage block is OpenRouter's; total_cost inside an object is Perplexity's.
                raw.Marks |= field.Name == "cost" ? ApiEvidence.OpenRouterCost : ApiEvidence.None;
                raw.Cost = ReadAmount(field.Name);
                break;
            case FieldKind.CostInWords:
                raw.Cost ??= TryReadNumber();
                break;
            case FieldKind.TotalCost:
                raw.Cost = ReadAmount(field.Name);
                break;
            case FieldKind.Ticks:
                raw.Cost = ReadAmount(field.Name) / TicksPerDollar;
                break;
            case FieldKind.Upstream:
                raw.Upstream = ReadAmount(field.Name);
                break;
            case FieldKind.Seconds:
                raw.Seconds = ReadAmount(field.Name);
                break;
            case FieldKind.Duration:
                raw.Duration = TryReadNumber();
                break;
            case FieldKind.OwnKey when _json.TokenType is JsonTokenType.True or JsonTokenType.False:
                raw.Marks |= _json.GetBoolean() ? ApiEvidence.OwnKey : ApiEvidence.None;
                break;
            case FieldKind.Currency when _json.TokenType == JsonTokenType.String:
                raw.CostCurrency = Is("USD"u8) ? "USD" : _json.GetString();
                break;
            default:
                UsageErrors.NotThatKind(
                    field.Name,
                    _json.TokenType,
                    field.Kind == FieldKind.OwnKey ? "true or false" : "a text");
                break;
        }
    }

    /// <summary>A length of audio or an amount, which some write as a text. Other bodies have other things under the same name.</summary>
    private readonly decimal? TryReadNumber()
    {
        const int Longest = 64;
        if (_json.TokenType is not (JsonTokenType.Number or JsonTokenType.String) || _json.ValueSpan.Length > Longest)
        {
            return null;
        }

        Span<char> text = stackalloc char[Longest];
        int length = Encoding.UTF8.GetChars(_json.ValueSpan, text);
        return ExactDecimal.TryParse(text[..length], out decimal seconds, out bool isTooPrecise) && seconds >= 0 && !isTooPrecise
            ? seconds
            : null;
    }

    private readonly decimal ReadAmount(string name)
    {
        const int Longest = 64;
        if (_json.TokenType == JsonTokenType.Number && _json.ValueSpan.Length <= Longest)
        {
            Span<char> text = stackalloc char[Longest];
            int length = Encoding.ASCII.GetChars(_json.ValueSpan, text);
            if (ExactDecimal.TryParse(text[..length], out decimal amount, out bool tooPrecise) && amount >= 0 && !tooPrecise)
            {
                return amount;
            }
        }

        UsageErrors.NotAnAmount(name, Found());
        return 0;
    }
}
