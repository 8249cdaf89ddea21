using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>A format of bills: what its records look like, and which lines they hold.</summary>
internal abstract class BillFormat
{
    /// <summary>What its files are, as it stands in a sentence.</summary>
    public abstract string Description { get; }

    /// <summary>The lines of a record.</summary>
    /// <param name="record">A JSON object; of CSV, a row as an object of texts.</param>
    /// <returns>The lines, none for what is not charged for models; <see langword="null"/> when it is not of this format.</returns>
    /// <exception cref="FormatException">It is, and cannot be read.</exception>
    public abstract IEnumerable<BillLine>? Read(RecordFields record);

    /// <summary>All of them, in the order in which they are looked for.</summary>
    public static IReadOnlyList<BillFormat> All { get; } =
    [
        new OpenAIBill(), new OpenAICsvBill(), new AnthropicBill(), new AnthropicCsvBill(), new OpenRouterBill(), new LiteLlmBill(),
        new DeepSeekBill(), new CursorBill(), new FocusBill(), new AwsBill(), new AzureBill(), new GoogleBill(), new GoogleCsvBill(),
        new TableBill(map: null),
    ];

    /// <summary>The line, with an amount that is stated.</summary>
    /// <param name="fields">The record.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="names">The members that may state it.</param>
    /// <returns>Amount and decimals; <see langword="null"/> when none does.</returns>
    protected static (Money Amount, int Decimals)? Amount(RecordFields fields, string? currency, params ReadOnlySpan<string> names)
    {
        if (fields.Text(names) is not { } text)
        {
            return null;
        }

        decimal amount = BillNumber.Parse(text, names[0]);
        return (new Money(amount, currency ?? "USD"), amount.Scale);
    }

    /// <summary>The pages, buckets or rows that a record holds: those of a page, or the record itself.</summary>
    protected static IEnumerable<RecordFields> Inside(RecordFields record, string list) =>
        record.List(list) is { } elements
            ? elements.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(one => new RecordFields(one))
            : [record];
}
