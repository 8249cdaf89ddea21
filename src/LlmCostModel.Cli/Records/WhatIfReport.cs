using System.Globalization;
using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Shows what the calls of a log would have cost.</summary>
internal static class WhatIfReport
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<WhatIf> questions)
    {
        if (questions.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("whatIf");
        foreach (WhatIf question in questions)
        {
            writer.WriteStartObject();
            writer.WriteString("model", question.Model);
            writer.WriteString("at", question.At is { } at ? AmountFormat.ToText(at) : null);
            writer.WriteDecimal("tokenRatio", question.TokenRatio);
            writer.WriteStartArray("totals");
            foreach (WhatIfSum sum in question.Totals)
            {
                writer.WriteStartObject();
                Write(writer, sum);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("groups");
            foreach (WhatIfSum sum in question.Groups)
            {
                writer.WriteStartObject();
                writer.WriteStartObject("key");
                foreach ((string name, string? value) in sum.Key)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
                Write(writer, sum);
            }

            writer.WriteEndArray();
            writer.WriteNumber("notCompared", question.NotCompared);
            writer.WriteTexts("reasons", Reasons(question));
            writer.WriteTexts("assumptions", question.Assumptions);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The columns of a question in a CSV: of each group, how many calls are compared, what they cost and would have.</summary>
    public static IEnumerable<string> Columns(WhatIf question)
    {
        string name = question.Model ?? "today";
        return [$"whatIf {name} calls", $"whatIf {name} actual", $"whatIf {name} total"];
    }

    /// <summary>The values of <see cref="Columns"/>; empty where none of the group is compared.</summary>
    public static IEnumerable<string?> Values(WhatIf question, SummaryGroup group)
    {
        WhatIfSum? own = question.Groups.FirstOrDefault(sum =>
            sum.Key.SequenceEqual(group.Key) && sum.Actual.Currency == group.Total?.Currency);
        return own is null ? [null, null, null]
            : [$"{own.Calls}", JsonText.Number(own.Actual.Amount), JsonText.Number(own.Would.Amount)];
    }

    public static string Table(CommandHost host, IReadOnlyList<WhatIf> questions, Func<decimal?, string> amount)
    {
        if (questions.Count == 0)
        {
            return "";
        }

        string table = TableText.Write(
            host,
            "what the same calls would have cost",
            ["on", "calls>", "cost>", "currency=", "would be>", "in=", "times>"],
            questions.SelectMany(question => question.Totals.Select(sum => (IReadOnlyList<string?>)
            [
                Name(question), TableText.Quantity(sum.Calls), amount(sum.Actual.Amount), sum.Actual.Currency, amount(sum.Would.Amount),
                sum.Would.Currency, sum.Ratio is { } ratio ? decimal.Round(ratio, 3).ToString("0.###", CultureInfo.InvariantCulture) : "",
            ])));
        return table + string.Concat(questions.SelectMany(question =>
            (question.NotCompared == 0 ? [] : Reasons(question).Select(reason => $"{Name(question)}: {reason}"))
                .Concat(question.Assumptions).Select(line => line + "\n")));
    }

    private static string Name(WhatIf question) =>
        (question.Model ?? "the same models")
        + (question.TokenRatio == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" x {question.TokenRatio} tokens"))
        + (question.At is null ? "" : ", prices of today");

    private const string NotCompared = "Not wholly priced in the log, or in several currencies, so not compared.";

    private static string[] Reasons(WhatIf question) =>
    [
        .. question.NotPriced == 0 ? [] : (string[])[Counted(NotCompared, question.NotPriced)],
        .. question.Reasons.Select(reason => Counted(CommandWords.Of(reason.Text), reason.Count)),
    ];

    private static string Counted(string text, long calls) =>
        calls == 1 ? text : $"{text} ({TableText.Count((int)Math.Min(calls, int.MaxValue), "call")})";

    private static void Write(Utf8JsonWriter writer, WhatIfSum sum)
    {
        writer.WriteNumber("calls", sum.Calls);
        writer.WriteString("currency", sum.Actual.Currency);
        writer.WriteDecimal("actual", sum.Actual.Amount);
        writer.WriteString("totalCurrency", sum.Would.Currency);
        writer.WriteDecimal("total", sum.Would.Amount);
        writer.WriteDecimal("difference", sum.Difference?.Amount);
        writer.WriteDecimal("ratio", sum.Ratio);
        writer.WriteEndObject();
    }
}
