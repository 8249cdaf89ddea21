using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Cli.Output;

/// <summary>How much one call of a model may hold, in words and in JSON, and what that says of a call.</summary>
internal static class LimitsText
{
    /// <summary>Such as <c>limits: 400,000 tokens of context, 272,000 of input, 128,000 of output with reasoning; as of 2026-11-10, from
    /// public tables</c>.</summary>
    public static string Of(ModelLimits limits, RateCard card)
    {
        string?[] parts =
        [
            limits.ContextWindow is { } window ? $"{TableText.Quantity(window)} tokens of context" : null,
            limits.MaxInputTokens is { } input ? $"{TableText.Quantity(input)} of input" : null,
            limits.MaxOutputTokens is { } output ? $"{TableText.Quantity(output)} of output{Reasoning(limits)}" : null,
        ];
        string day = ReadingText.Date(limits.AsOf ?? card.AsOf) ?? "an unknown day";
        return $"limits: {string.Join(", ", parts.OfType<string>())}; as of {day}{ReadingText.Of(limits.Basis)}";
    }

    public static void WriteLimits(this Utf8JsonWriter writer, ModelLimits? limits, RateCard card)
    {
        if (limits is null)
        {
            writer.WriteNull("limits");
            return;
        }

        writer.WriteStartObject("limits");
        Write("contextWindow", limits.ContextWindow);
        Write("maxInputTokens", limits.MaxInputTokens);
        Write("maxOutputTokens", limits.MaxOutputTokens);
        if (limits.ReasoningInOutput is { } included)
        {
            writer.WriteBoolean("reasoningInOutput", included);
        }

        writer.WriteString("source", limits.Source ?? card.Source);
        writer.WriteString("asOf", ReadingText.Date(limits.AsOf ?? card.AsOf));
        writer.WriteString("basis", JsonText.Camel(limits.Basis.ToString()));
        writer.WriteEndObject();

        void Write(string name, long? tokens)
        {
            if (tokens is { } number)
            {
                writer.WriteNumber(name, number);
            }
        }
    }

    /// <summary>Says on standard error that a model takes or gives less than the call would have: it cannot be made so.</summary>
    public static void Tell(CommandHost host, ICostEstimator estimator, CostReceipt receipt, in TokenUsage usage, string? provider)
    {
        if (receipt.Resolution is not { } resolution
            || !estimator.TryGetModel(receipt.RequestedId, out PricedModel? model, provider)
            || model.Limits is not { } limits)
        {
            return;
        }

        decimal input = Sum(in usage, TokenSide.Input);
        decimal output = Sum(in usage, TokenSide.Output);
        if (input > limits.LongestInput)
        {
            Tell("input", input, limits.LongestInput);
        }
        else if (output > limits.GetLongestOutput((long)input))
        {
            Tell("output", output, limits.GetLongestOutput((long)input));
        }

        void Tell(string what, decimal tokens, long? most) => host.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{tokens:N0} {what} tokens do not fit into one call of {resolution.ModelId}, which has room for {most:N0}."));
    }

    private static decimal Sum(in TokenUsage usage, TokenSide side)
    {
        decimal sum = 0; // a sum of counts may be more than a long holds
        foreach (TokenBucketInfo row in TokenBuckets.All.Where(row => row.Side == side))
        {
            sum += usage[row.Bucket];
        }

        return sum;
    }

    private static string Reasoning(ModelLimits limits) => limits.ReasoningInOutput switch
    {
        true => " with reasoning",
        false => " without reasoning",
        null => "",
    };
}
